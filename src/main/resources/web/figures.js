// The live figures below the picture, and their curves.

import { Plot } from './plot.js';

const WIDE = new Set(['Engine and model']);

export class Figures {
  #list = document.getElementById('figures');
  #rate = new Plot('rate', ['in', 'out', 'shown']);
  #latency = new Plot('latency', ['p50', 'p99']);
  #bits = new Plot('bits', ['video']);

  /** `stats` as the server sent them, `shown` and `age` as this page measured them, `player` its name. */
  update({ viewers, figures, engine, model }, { shown, age, player, size }) {
    this.#rate.add([figures.fpsIn, figures.fpsOut, shown]);
    this.#latency.add([figures.latencyP50, figures.latencyP99]);
    this.#bits.add([figures.kilobits]);
    this.#table({
      'Frames in': `${figures.fpsIn.toFixed(1)} / s`,
      'Frames out': `${figures.fpsOut.toFixed(1)} / s`,
      'Shown here': `${shown.toFixed(1)} / s`,
      Generated: figures.generated.toLocaleString('en'),
      'Left out': figures.skipped.toLocaleString('en'),
      'Latency p50': `${figures.latencyP50.toFixed(1)} ms`,
      'Latency p99': `${figures.latencyP99.toFixed(1)} ms`,
      'Age of picture': age === null ? '–' : `${Math.round(age)} ms`,
      Size: size,
      Viewers: viewers,
      Restarts: figures.restarts,
      Player: player,
      'Engine and model': engine && engine !== 'none' ? engine : model || '–',
    });
  }

  clear() {
    [this.#rate, this.#latency, this.#bits].forEach((plot) => plot.clear());
    this.#list.replaceChildren();
  }

  #table(entries) {
    this.#list.replaceChildren(...Object.entries(entries).map(([name, value]) => {
      const row = document.createElement('div');
      const term = row.appendChild(document.createElement('dt'));
      const definition = row.appendChild(document.createElement('dd'));
      row.classList.toggle('wide', WIDE.has(name));
      term.textContent = name;
      definition.textContent = value;
      return row;
    }));
  }
}
