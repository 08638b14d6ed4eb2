// A small curve, one sample a second: of the last two minutes, or of what there is so far, at least twenty seconds wide.

const SAMPLES = 120;
const LEAST = 20;
const COLOURS = ['--accent', '--second', '--third'];

export class Plot {
  #canvas;
  #legend;
  #names;
  #samples = [];

  constructor(id, names) {
    this.#canvas = document.getElementById(`${id}-plot`);
    this.#legend = document.getElementById(`${id}-legend`);
    this.#names = names;
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  add(values) {
    this.#samples.push(values);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#legend.replaceChildren(...this.#names.map((name, i) => {
      const entry = document.createElement('b');
      entry.textContent = `${name} ${round(values[i])}`;
      return entry;
    }));
    this.#draw();
  }

  clear() {
    this.#samples = [];
    this.#legend.replaceChildren();
    this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#canvas.width = width * devicePixelRatio;
    this.#canvas.height = height * devicePixelRatio;
    const context = this.#canvas.getContext('2d');
    const style = getComputedStyle(document.documentElement);
    context.scale(devicePixelRatio, devicePixelRatio);
    context.strokeStyle = style.getPropertyValue('--line');
    context.strokeRect(0.5, height - 0.5, width, 0);
    const across = Math.max(LEAST, this.#samples.length) - 1;
    const most = Math.max(1, ...this.#samples.flat()) * 1.1;
    this.#names.forEach((_, line) => {
      context.beginPath();
      context.strokeStyle = style.getPropertyValue(COLOURS[line]);
      context.lineWidth = 1.75;
      context.lineJoin = 'round';
      this.#samples.forEach((values, i) => {
        const x = width - ((this.#samples.length - 1 - i) * width) / across;
        context.lineTo(x, height - 1 - (values[line] / most) * (height - 3));
      });
      context.stroke();
    });
  }
}

const round = (value) => (value >= 100 ? Math.round(value) : Math.round(value * 10) / 10);
