// Volume and mute, by mouse and key. Muted at first: browsers let nothing be heard that nobody asked for.

import { SoundPlayer } from './sound-player.js';

const STEP = 0.1;

export class Sound {
  #controls = document.getElementById('sound');
  #button = document.getElementById('mute');
  #slider = document.getElementById('volume');
  #muted = true;
  #listen = () => {};
  #due = () => null;
  #format = null;
  #player = null;
  #video = null;

  constructor() {
    this.#button.addEventListener('click', () => this.#mute(!this.#muted));
    this.#slider.addEventListener('input', () => {
      if (this.#player) this.#player.volume = Number(this.#slider.value);
      this.#tellVideo();
      this.#mute(Number(this.#slider.value) === 0);
    });
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Another stream: `listen(on)` asks for its sound, `due` says when what is to be heard. */
  use(listen, due) {
    this.#listen = listen;
    this.#due = due;
    this.#video = null;
    this.#close();
    this.available(false);
    listen(!this.#muted);
  }

  /** From now on sound comes with a video element's pictures; with null, in packets. */
  through(video) {
    this.#video = video;
    this.#stop();
    this.#listen(!this.#muted && !video);
    this.#tellVideo();
  }

  /** Whether the stream has sound at the moment. */
  available(there) {
    this.#controls.hidden = !there || !SoundPlayer.supported;
  }

  open(format) {
    this.#close();
    this.#format = format;
  }

  push(unit) {
    if (this.#muted || this.#video || !this.#format) return;
    this.#player ??= new SoundPlayer(this.#format, Number(this.#slider.value), (pts) => this.#due(pts));
    this.#player.push(unit);
  }

  #mute(muted) {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#button.textContent = muted ? 'Sound on' : 'Mute';
    this.#button.setAttribute('aria-pressed', String(!muted));
    if (muted) this.#stop();
    this.#listen(!muted && !this.#video);
    this.#tellVideo();
  }

  #tellVideo() {
    if (this.#video) Object.assign(this.#video, { muted: this.#muted, volume: Number(this.#slider.value) });
  }

  #stop() {
    this.#player?.close();
    this.#player = null;
  }

  #close() {
    this.#stop();
    this.#format = null;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.type === 'password' || this.#controls.hidden) return;
    const change = { '+': STEP, '-': -STEP }[event.key];
    if (change) {
      this.#slider.value = Number(this.#slider.value) + change;
      this.#slider.dispatchEvent(new Event('input'));
    } else if (event.key.toLowerCase() === 'm') {
      this.#mute(!this.#muted);
    }
  }
}
