// The page: which streams there are, and one of them playing.

import * as api from './api.js';
import { Connection } from './connection.js';
import { Figures } from './figures.js';
import { MsePlayer } from './mse-player.js';
import { Stage } from './stage.js';
import { WebCodecsPlayer } from './webcodecs-player.js';

const LIST_EVERY = 3000;

const element = (id) => document.getElementById(id);
const stage = new Stage();
const figures = new Figures();

let playing = null;

function say(words) {
  element('problem').textContent = words;
  element('problem').hidden = !words;
}

function showState(state, message) {
  const why = message.replace(/\.$/, '');
  const last = stage.empty ? 'No picture yet' : 'The last picture stands';
  const gone = `${last}: ${why}. The source is being started again.`;
  const words = {
    connecting: 'Connecting …',
    running: stage.empty ? 'The picture comes …' : '',
    starting: why ? gone : 'The stream starts …',
    stopped: 'The stream is stopped.',
    waiting: stage.empty ? `Waiting for the sender: ${why}.` : `${last}: ${why}. Waiting for the sender.`,
    restarting: gone,
  }[state];
  element('state').textContent = words;
  element('state').hidden = !words;
  element('run').textContent = state === 'stopped' ? 'Start' : 'Stop';
  element('run').disabled = state === 'connecting';
  if (playing) Object.assign(playing, { state, message });
}

/** One stream on the stage, from its connection to its pictures. */
class Playing {
  state = 'connecting';
  message = '';
  #name;
  #connection;
  #player = null;
  #format = null;
  #opening = Promise.resolve();
  #early = [];
  #age = null;
  #counted = { all: 0, at: performance.now() };

  constructor(name) {
    this.#name = name;
    this.#connection = new Connection(name, {
      hello: (format) => this.#open(format),
      unit: (unit) => (this.#player ? this.#player.push(unit) : this.#early.push(unit)),
      gap: () => this.#player?.gap(),
      state: (state, message) => {
        say('');
        showState(state, message);
      },
      stats: (stats) => this.#stats(stats),
      lost: (words) => {
        say(`${words} Trying again …`);
        list();
      },
    });
  }

  get name() {
    return this.#name;
  }

  close() {
    this.#connection.close();
    this.#player?.close();
    figures.clear();
  }

  #open(format) {
    this.#format = format;
    this.#player?.close();
    this.#player = null;
    this.#early = [];
    this.#opening = this.#opening.then(async () => {
      const Player = await supported(format);
      if (!Player) {
        say(`This browser cannot play this stream (H.264, ${format.codec}). WebCodecs needs HTTPS or localhost.`);
        return;
      }
      stage.resize(format.width, format.height);
      this.#player = new Player(format, (image, unit) => this.#show(image, unit), () => this.#connection.requestKey());
      this.#early.splice(0).forEach((unit) => this.#player.push(unit));
    });
  }

  #show(image, unit) {
    const first = stage.empty;
    stage.show(image, unit);
    if (first) showState(this.state, this.message);
    const age = Date.now() - unit.capture / 1000;
    this.#age = age >= 0 && age < 60000 ? age : null;
  }

  #stats(stats) {
    const now = performance.now();
    const shown = ((stage.shown.all - this.#counted.all) * 1000) / (now - this.#counted.at);
    this.#counted = { all: stage.shown.all, at: now };
    const { fpsIn, fpsOut } = stats.figures;
    element('left-label').textContent = fpsIn > 0 ? `original ${fpsIn.toFixed(0)}` : 'original';
    element('right-label').textContent = fpsOut > 0 ? `generated ${fpsOut.toFixed(0)}` : 'generated';
    figures.update(stats, {
      shown,
      age: this.#age,
      player: this.#player?.constructor.name ?? '–',
      size: this.#format ? `${this.#format.width} × ${this.#format.height}` : '–',
    });
  }
}

async function supported(format) {
  for (const Player of [WebCodecsPlayer, MsePlayer]) {
    if (await Player.supports(format)) return Player;
  }
  return null;
}

function play(name) {
  if (playing?.name === name) return;
  playing?.close();
  stage.clear();
  playing = new Playing(name);
  showState('connecting', '');
}

async function list() {
  try {
    const streams = await api.streams();
    element('token-form').hidden = true;
    element('run').hidden = !(await api.session()).control;
    element('streams').replaceChildren(...streams.map((stream) => {
      const link = document.createElement('a');
      link.href = `#${stream.name}`;
      link.textContent = stream.title;
      link.dataset.state = stream.state;
      link.title = stream.message || stream.state;
      if (stream.name === wanted(streams)) link.setAttribute('aria-current', 'page');
      return link;
    }));
    play(wanted(streams));
  } catch (refused) {
    element('token-form').hidden = refused.status !== 401;
    if (refused.status !== 401) say(`${refused.message} Trying again …`);
  }
}

const wanted = (streams) => {
  const chosen = decodeURIComponent(location.hash.slice(1));
  return streams.some(({ name }) => name === chosen) ? chosen : streams[0].name;
};

element('token-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await api.openSession(element('token').value);
    element('token').value = '';
    say('');
    list();
  } catch (refused) {
    say(refused.status === 401 ? 'That is not the token.' : refused.message);
  }
});

element('run').addEventListener('click', () => {
  const { name, state } = playing;
  (state === 'stopped' ? api.start(name) : api.stop(name)).catch((refused) => say(refused.message));
});

addEventListener('hashchange', list);
setInterval(list, LIST_EVERY);
list();
