// Decodes with WebCodecs and shows each picture when it is due.

import { Pacing } from './pacing.js';

const EARLY = 4;
const HOPELESSLY_LATE = 60;

export class WebCodecsPlayer {
  static name = 'WebCodecs';

  #show;
  #needKey;
  #decoder = null;
  #waitForKey = true;
  #units = new Map();
  #queue = [];
  #pacing = new Pacing();
  #frame = 0;

  static async supports(format) {
    if (!('VideoDecoder' in globalThis)) return false;
    const { supported } = await VideoDecoder.isConfigSupported(config(format)).catch(() => ({}));
    return supported === true;
  }

  /** `show(image, unit)` is called for each picture at its time; `needKey()` when decoding has to begin anew. */
  constructor(format, show, needKey) {
    this.#show = show;
    this.#needKey = needKey;
    this.#open(format);
    this.#frame = requestAnimationFrame(() => this.#tick());
  }

  push(unit) {
    if (this.#waitForKey && !unit.key) return;
    this.#waitForKey = false;
    this.#units.set(unit.pts, unit);
    this.#decoder.decode(new EncodedVideoChunk({ type: unit.key ? 'key' : 'delta', timestamp: unit.pts, data: unit.data }));
  }

  /** Pictures are missing: what follows cannot be decoded before the next key frame. */
  gap() {
    this.#waitForKey = true;
  }

  /**
   * When what belongs to this time, in microseconds, is to be heard, in milliseconds on the page's clock; null before the first
   * picture. Pictures wait for sound as they do for each other.
   */
  due(pts) {
    if (!this.#pacing.begun) return null;
    this.#pacing.arrived(pts / 1000, performance.now());
    return this.#pacing.due(pts / 1000);
  }

  close() {
    cancelAnimationFrame(this.#frame);
    if (this.#decoder.state !== 'closed') this.#decoder.close();
    this.#queue.forEach(({ image }) => image.close());
    this.#queue = [];
  }

  #open(format) {
    this.#decoder = new VideoDecoder({
      output: (image) => this.#decoded(image),
      error: () => {
        this.#open(format);
        this.#units.clear();
        this.#waitForKey = true;
        this.#needKey();
      },
    });
    this.#decoder.configure(config(format));
  }

  #decoded(image) {
    const unit = this.#units.get(image.timestamp);
    this.#units.delete(image.timestamp);
    if (!unit) {
      image.close();
      return;
    }
    this.#pacing.arrived(unit.pts / 1000, performance.now());
    this.#queue.push({ image, unit });
  }

  #tick() {
    const now = performance.now();
    while (this.#queue.length > 1 && now - this.#pacing.due(this.#queue[1].unit.pts / 1000) > HOPELESSLY_LATE) {
      this.#queue.shift().image.close();
    }
    const next = this.#queue[0];
    if (next && this.#pacing.due(next.unit.pts / 1000) <= now + EARLY) {
      this.#queue.shift();
      this.#show(next.image, next.unit);
      next.image.close();
    }
    this.#frame = requestAnimationFrame(() => this.#tick());
  }
}

const config = ({ codec, width, height }) => ({ codec, codedWidth: width, codedHeight: height, optimizeForLatency: true });
