// Whether what is shown is live: judged by what this page got and showed, not by what somebody says.

const SILENT = 2200;
const FROZEN = 2000;
const LATE = 1000;

export class Liveness {
  #heard = performance.now();
  #moved = -Infinity;
  #best = Infinity;
  #lag = 0;

  /** Anything came from the server, which says something every second. */
  heard() {
    this.#heard = performance.now();
  }

  /** A picture was put on the screen. */
  shown(unit) {
    const now = performance.now();
    if (unit.repeated) return;
    this.#moved = now;
    this.#lag = now - unit.pts / 1000;
    this.#best = Math.min(this.#best, this.#lag);
  }

  /** Times begin anew: another connection, or another run of the server. */
  restart() {
    this.#best = Infinity;
  }

  /** The server has not been heard for longer than it is ever silent. */
  get silent() {
    return performance.now() - this.#heard > SILENT;
  }

  /** How far the picture is behind the best it was, in milliseconds. */
  get behind() {
    return Math.max(0, this.#lag - this.#best);
  }

  /** live, late, frozen or, where the server says so, stopped. */
  badge(state) {
    if (this.silent) return 'frozen';
    if (state === 'stopped') return 'stopped';
    if (performance.now() - this.#moved > FROZEN) return 'frozen';
    return this.behind > LATE ? 'late' : 'live';
  }
}
