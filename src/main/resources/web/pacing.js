// When to show a picture: at its own time plus the smallest delay at which the recent pictures were there in time.

const WINDOW = 2000;
const MOST_DELAY_SPREAD = 400;

export class Pacing {
  #buckets = [];

  get begun() {
    return this.#buckets.length > 0;
  }

  /** Learns from a decoded picture: `pts` and `now` in milliseconds. */
  arrived(pts, now) {
    const lag = now - pts;
    const last = this.#buckets.at(-1);
    if (!last || now - last.start > WINDOW / 4) {
      this.#buckets.push({ start: now, most: lag, least: lag });
      while (now - this.#buckets[0].start > WINDOW) this.#buckets.shift();
    } else {
      last.most = Math.max(last.most, lag);
      last.least = Math.min(last.least, lag);
    }
  }

  /** The time at which a picture is due, on the clock of `arrived`. */
  due(pts) {
    const most = Math.max(...this.#buckets.map((bucket) => bucket.most));
    const least = Math.min(...this.#buckets.map((bucket) => bucket.least));
    return pts + Math.min(most, least + MOST_DELAY_SPREAD);
  }

  reset() {
    this.#buckets = [];
  }
}
