// Decodes sound with WebCodecs and has an AudioWorklet play it when its pictures are shown.

export class SoundPlayer {
  #due;
  #context;
  #gain;
  #node = null;
  #decoder;

  static get supported() {
    return 'AudioDecoder' in globalThis && 'AudioWorkletNode' in globalThis;
  }

  /** `due(pts)` says when what belongs to a time in microseconds is to be heard, or null. */
  constructor(format, volume, due) {
    this.#due = due;
    this.#context = new AudioContext({ sampleRate: format.sampleRate, latencyHint: 'interactive' });
    this.#gain = this.#context.createGain();
    this.#gain.connect(this.#context.destination);
    this.volume = volume;
    this.#decoder = new AudioDecoder({ output: (data) => this.#decoded(data), error: () => this.close() });
    this.#decoder.configure(config(format));
    this.#open(format.numberOfChannels);
  }

  set volume(volume) {
    // Loudness is heard as a power of the amplitude.
    this.#gain.gain.value = volume ** 2;
  }

  push(unit) {
    if (this.#decoder.state !== 'configured') return;
    this.#decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: unit.pts, data: unit.data }));
  }

  close() {
    if (this.#decoder.state !== 'closed') this.#decoder.close();
    if (this.#context.state !== 'closed') this.#context.close();
  }

  async #open(channels) {
    await this.#context.audioWorklet.addModule('sound-worklet.js');
    if (this.#context.state === 'closed') return;
    this.#node = new AudioWorkletNode(this.#context, 'sound', { outputChannelCount: [channels] });
    this.#node.connect(this.#gain);
    await this.#context.resume();
  }

  #decoded(data) {
    const due = this.#due(data.timestamp);
    if (due !== null && this.#node && this.#context.state === 'running') {
      const planes = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
        const plane = new Float32Array(data.numberOfFrames);
        data.copyTo(plane, { planeIndex, format: 'f32-planar' });
        return plane;
      });
      this.#node.port.postMessage({ at: this.#contextTime(due), planes }, planes.map(({ buffer }) => buffer));
    }
    data.close();
  }

  /** From the page's clock to the context's, as heard: the way to the loudspeakers is taken off. */
  #contextTime(due) {
    const { contextTime, performanceTime } = this.#context.getOutputTimestamp();
    const known = performanceTime > 0;
    const [heard, at] = known ? [contextTime, performanceTime] : [this.#context.currentTime, performance.now()];
    return heard + (due - at) / 1000;
  }
}

const config = ({ codec, sampleRate, numberOfChannels, description }) => ({
  codec,
  sampleRate,
  numberOfChannels,
  ...(description && { description: Uint8Array.from(description.match(/../g), (digits) => parseInt(digits, 16)) }),
});
