// The picture and its slider: left of it the last real frame is held, right of it every frame is shown.

export class Stage {
  #stage = document.getElementById('stage');
  #canvas = document.getElementById('picture');
  #context = this.#canvas.getContext('2d', { alpha: false });
  #split = document.getElementById('split');
  #real = document.createElement('canvas');
  #realContext = this.#real.getContext('2d', { alpha: false });
  #all = document.createElement('canvas');
  #allContext = this.#all.getContext('2d', { alpha: false });
  #buttons = { original: 'only-original', split: 'both', generated: 'only-generated' };
  #view = 'split';
  #floating = null;

  shown = { all: 0, real: 0 };

  /** Nothing was shown since the last clear. */
  get empty() {
    return this.shown.all === 0;
  }

  constructor() {
    this.#split.addEventListener('input', () => this.view('split'));
    for (const [view, id] of Object.entries(this.#buttons)) {
      document.getElementById(id).addEventListener('click', () => this.view(view));
    }
    document.getElementById('fullscreen').addEventListener('click', () => this.#fullscreen());
    document.addEventListener('keydown', (event) => this.#key(event));
    document.getElementById('fullscreen').hidden = !this.#stage.requestFullscreen;
    document.getElementById('pip').hidden = !document.pictureInPictureEnabled;
    document.getElementById('pip').addEventListener('click', () => this.#pictureInPicture());
    document.getElementById('snapshot').addEventListener('click', () => this.#snapshot());
    new ResizeObserver(() => this.#place()).observe(this.#stage);
    this.view('split');
  }

  resize(width, height) {
    for (const canvas of [this.#canvas, this.#real, this.#all]) {
      canvas.width = width;
      canvas.height = height;
    }
    this.#place();
  }

  /** Forgets what was shown, for another stream. */
  clear() {
    this.shown = { all: 0, real: 0 };
    this.#stage.dataset.empty = '';
    for (const context of [this.#context, this.#realContext, this.#allContext]) {
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    }
  }

  show(image, unit) {
    delete this.#stage.dataset.empty;
    const { width, height } = this.#canvas;
    this.#allContext.drawImage(image, 0, 0, width, height);
    this.shown.all++;
    if (unit.real) {
      this.#realContext.drawImage(image, 0, 0, width, height);
      this.shown.real++;
    }
    this.#draw();
  }

  view(view) {
    this.#view = view;
    this.#stage.dataset.view = view;
    for (const [name, id] of Object.entries(this.#buttons)) {
      document.getElementById(id).setAttribute('aria-pressed', String(name === view));
    }
    this.#stage.style.setProperty('--split', `${this.#share()}%`);
    this.#draw();
  }

  #share() {
    return { original: 100, generated: 0 }[this.#view] ?? Number(this.#split.value);
  }

  #draw() {
    const { width, height } = this.#canvas;
    const left = Math.round((this.#share() / 100) * width);
    if (left < width) this.#context.drawImage(this.#all, left, 0, width - left, height, left, 0, width - left, height);
    // A stream may begin with a generated frame: better twice than half black.
    const real = this.shown.real ? this.#real : this.#all;
    if (left > 0) this.#context.drawImage(real, 0, 0, left, height, 0, 0, left, height);
  }

  /** Puts slider and divider over the picture itself, which may be narrower than its element. */
  #place() {
    const { clientWidth, clientHeight, offsetLeft, offsetTop, width, height } = this.#canvas;
    const scale = Math.min(clientWidth / width, clientHeight / height);
    const box = {
      left: offsetLeft + (clientWidth - width * scale) / 2,
      top: offsetTop + (clientHeight - height * scale) / 2,
      width: width * scale,
      height: height * scale,
    };
    for (const [name, value] of Object.entries(box)) this.#stage.style.setProperty(`--box-${name}`, `${value}px`);
  }

  #fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.#stage.requestFullscreen?.().catch(() => {});
  }

  async #pictureInPicture() {
    if (document.pictureInPictureElement) {
      await document.exitPictureInPicture();
      return;
    }
    if (!this.#floating) {
      this.#floating = document.createElement('video');
      this.#floating.muted = true;
      this.#floating.srcObject = this.#canvas.captureStream();
    }
    await this.#floating.play();
    await this.#floating.requestPictureInPicture();
  }

  /** What is shown, as it is shown, in a file. */
  #snapshot() {
    this.#canvas.toBlob((picture) => {
      const link = document.createElement('a');
      link.download = `${document.title} ${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.png`;
      link.href = URL.createObjectURL(picture);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.id === 'token') return;
    const view = { 1: 'original', 2: 'split', 3: 'generated' }[event.key];
    if (view) this.view(view);
    else if (event.key.toLowerCase() === 'f') this.#fullscreen();
    else if (event.key.toLowerCase() === 's') this.#snapshot();
  }
}
