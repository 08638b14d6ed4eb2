// Plays decoded sound sample by sample, each piece at its time on the context's clock.

const TOLERANCE = 0.02;
const MOST = 400;

class Sound extends AudioWorkletProcessor {
  #pieces = [];
  #read = 0;
  #playing = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      this.#pieces.push(data);
      if (this.#pieces.length > MOST) this.#next();
    };
  }

  process(_, [output]) {
    const length = output[0].length;
    for (let at = 0; at < length && this.#pieces.length > 0;) {
      at += this.#step(output, at, length);
    }
    if (this.#pieces.length === 0) this.#playing = false;
    return true;
  }

  /** Waits, skips or plays; returns by how many samples the output went on. */
  #step(output, at, length) {
    const piece = this.#pieces[0];
    const early = piece.at + this.#read / sampleRate - (currentTime + at / sampleRate);
    const samples = Math.round(Math.abs(early) * sampleRate);
    // What plays goes on through small differences, so that nothing crackles.
    if (!this.#playing || Math.abs(early) > TOLERANCE) {
      if (early > 0 && samples > 0) {
        this.#playing = false;
        return Math.min(length - at, samples);
      }
      if (samples > 0 && this.#skip(samples)) return 0;
    }
    this.#playing = true;
    const count = Math.min(length - at, piece.planes[0].length - this.#read);
    output.forEach((channel, i) => {
      const plane = piece.planes[Math.min(i, piece.planes.length - 1)];
      channel.set(plane.subarray(this.#read, this.#read + count), at);
    });
    this.#read += count;
    if (this.#read === piece.planes[0].length) this.#next();
    return count;
  }

  /** Leaves out what is too late of the piece; true where that is all of it. */
  #skip(samples) {
    this.#read += samples;
    if (this.#read < this.#pieces[0].planes[0].length) return false;
    this.#next();
    return true;
  }

  #next() {
    this.#pieces.shift();
    this.#read = 0;
  }
}

registerProcessor('sound', Sound);
