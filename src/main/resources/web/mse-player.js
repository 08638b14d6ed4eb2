// Plays through a video element where WebCodecs is missing: each access unit becomes one fragment of an MP4.

import { fragment, initSegment, join, TIMESCALE } from './fmp4.js';
import { lengthPrefixed, nalUnits, PPS, SPS, typeOf } from './h264.js';

const BEHIND = 0.08;
const TOO_FAR_BEHIND = 0.6;
const KEPT = 8;

export class MsePlayer {
  static name = 'MSE';

  #show;
  #needKey;
  #format;
  #video = document.createElement('video');
  #source = new MediaSource();
  #buffer = null;
  #waiting = [];
  #units = new Map();
  #number = 1;
  #origin = null;
  #waitForKey = true;
  #closed = false;

  static async supports(format) {
    return 'MediaSource' in globalThis && MediaSource.isTypeSupported(`video/mp4; codecs="${format.codec}"`);
  }

  constructor(format, show, needKey) {
    this.#format = format;
    this.#show = show;
    this.#needKey = needKey;
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.src = URL.createObjectURL(this.#source);
    this.#source.addEventListener('sourceopen', () => this.#open(), { once: true });
    this.#video.addEventListener('error', () => this.#needKey());
    this.#watch();
  }

  push(unit) {
    if (this.#waitForKey && !unit.key) return;
    const nals = nalUnits(unit.data);
    if (this.#waitForKey && this.#origin === null) {
      const sps = nals.find((nal) => typeOf(nal) === SPS);
      const pps = nals.find((nal) => typeOf(nal) === PPS);
      if (!sps || !pps) return;
      this.#origin = unit.pts;
      this.#waiting.push(initSegment(this.#format, sps, pps));
    }
    this.#waitForKey = false;
    const time = Math.round(((unit.pts - this.#origin) * TIMESCALE) / 1e6);
    this.#units.set(time, unit);
    this.#waiting.push(fragment(this.#number++, time, this.#duration(), unit.key, lengthPrefixed(nals)));
    this.#feed();
  }

  gap() {
    this.#waitForKey = true;
  }

  close() {
    this.#closed = true;
    this.#video.pause();
    URL.revokeObjectURL(this.#video.src);
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #duration() {
    const { rateNumerator, rateDenominator } = this.#format;
    return rateNumerator > 0 ? Math.round((TIMESCALE * rateDenominator) / rateNumerator) : TIMESCALE / 30;
  }

  #open() {
    if (this.#closed) return;
    this.#buffer = this.#source.addSourceBuffer(`video/mp4; codecs="${this.#format.codec}"`);
    this.#buffer.addEventListener('updateend', () => this.#feed());
    this.#feed();
  }

  #feed() {
    if (!this.#buffer || this.#buffer.updating || this.#closed) return;
    const ranges = this.#video.buffered;
    if (ranges.length > 0) this.#keepUp(ranges.start(0), ranges.end(ranges.length - 1));
    if (this.#buffer.updating || this.#waiting.length === 0) return;
    const parts = this.#waiting.splice(0);
    this.#buffer.appendBuffer(join(parts));
  }

  /** Stays close to the live edge: a little faster when behind, a jump when far behind. */
  #keepUp(start, end) {
    const behind = end - this.#video.currentTime;
    if (this.#video.paused) {
      this.#video.currentTime = end;
      this.#video.play().catch(() => {});
    } else if (behind > TOO_FAR_BEHIND) {
      this.#video.currentTime = end - BEHIND;
    }
    this.#video.playbackRate = behind > 2.5 * BEHIND ? 1.1 : 1;
    if (this.#video.currentTime - start > 2 * KEPT) this.#buffer.remove(start, this.#video.currentTime - KEPT);
  }

  #watch() {
    if (this.#closed) return;
    if ('requestVideoFrameCallback' in this.#video) {
      this.#video.requestVideoFrameCallback((_, { mediaTime }) => {
        this.#present(mediaTime);
        this.#watch();
      });
    } else {
      requestAnimationFrame(() => {
        if (!this.#video.paused) this.#present(this.#video.currentTime);
        this.#watch();
      });
    }
  }

  #present(seconds) {
    const time = seconds * TIMESCALE;
    let shown = null;
    for (const [at, unit] of this.#units) {
      if (at > time + 45) break;
      shown = unit;
      this.#units.delete(at);
    }
    if (shown) this.#show(this.#video, shown);
  }
}
