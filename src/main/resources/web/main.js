// The page: which streams there are, and one of them playing.

import * as addresses from './addresses.js';
import * as api from './api.js';
import { Connection } from './connection.js';
import { Figures } from './figures.js';
import { Liveness } from './liveness.js';
import { MsePlayer } from './mse-player.js';
import { Sound } from './sound.js';
import { Stage } from './stage.js';
import { WebCodecsPlayer } from './webcodecs-player.js';
import { WebRtcPlayer } from './webrtc-player.js';

const LIST_EVERY = 3000;
const LOOK_EVERY = 200;

const element = (id) => document.getElementById(id);
const stage = new Stage();
const figures = new Figures();
const sound = new Sound();

let playing = null;

function say(words) {
  element('problem').textContent = words;
  element('problem').hidden = !words;
}

/** Words over the picture: over all of it where it does not move, at its foot where they are only news. */
function overlay(words, frozen) {
  if (element('state').textContent !== words) element('state').textContent = words;
  element('state').hidden = !words;
  element('state').classList.toggle('over', frozen);
}

function stateWords(state, message) {
  const why = message.replace(/\.$/, '');
  const last = stage.empty ? 'No picture yet' : 'The last picture stands';
  const gone = `${last}: ${why}. The source is being started again.`;
  return {
    connecting: 'Connecting …',
    running: stage.empty ? 'The picture comes …' : '',
    starting: why ? gone : 'The stream starts …',
    stopped: 'The stream is stopped.',
    waiting: stage.empty ? `Waiting for the sender: ${why}.` : `${last}: ${why}. Waiting for the sender.`,
    restarting: gone,
  }[state];
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
  #webRtc = null;
  #age = null;
  #counted = { all: 0, generated: null, at: performance.now() };
  #liveness = new Liveness();

  constructor(name) {
    this.#name = name;
    this.#connection = new Connection(name, {
      hello: (format) => this.#open(format),
      unit: (unit) => (this.#player ? this.#player.push(unit) : this.#early.push(unit)),
      gap: () => this.#player?.gap(),
      heard: () => this.#liveness.heard(),
      sound: (format) => sound.open(format),
      packet: (unit) => sound.push(unit),
      state: (state, message) => {
        say('');
        Object.assign(this, { state, message });
        this.look();
      },
      stats: (stats) => this.#stats(stats),
      lost: (words) => {
        say(`${words} Trying again …`);
        list();
      },
    });
    sound.use((on) => this.#connection.listen(on), (pts) => this.#player?.due?.(pts) ?? null);
  }

  get name() {
    return this.#name;
  }

  close() {
    this.#connection.close();
    this.#player?.close();
    figures.clear();
  }

  get lowLatency() {
    return this.#webRtc !== null;
  }

  /** By WebRTC, where the WebSocket goes on to say what each picture is; or by the WebSocket alone. */
  setLowLatency(on) {
    if (on === this.lowLatency || (on && !this.#format)) return;
    this.#player?.close();
    this.#player = null;
    this.#connection.look(!on);
    this.#liveness.restart();
    if (on) {
      this.#webRtc = new WebRtcPlayer(this.#name, (image, unit) => this.#show(image, unit), (words) => {
        this.setLowLatency(false);
        say(words);
      });
      this.#player = this.#webRtc;
    } else {
      this.#webRtc = null;
      this.#open(this.#format);
      this.#connection.requestKey();
    }
    sound.through(this.#webRtc?.video ?? null);
    element('low-latency').setAttribute('aria-pressed', String(on));
  }

  /** Says what there is to say now; called often. */
  look() {
    const badge = this.#liveness.badge(this.state);
    const dead = this.#liveness.silent;
    element('badge').textContent = badge;
    element('badge').dataset.badge = badge;
    element('badge').hidden = stage.empty;
    const words = dead
      ? 'The server does not answer. The page goes on by itself when it does.'
      : stateWords(this.state, this.message) || (badge === 'frozen' ? 'No picture comes.' : '');
    overlay(words, badge === 'frozen' || badge === 'stopped');
    element('run').textContent = this.state === 'stopped' ? 'Start' : 'Stop';
    element('run').disabled = dead || this.state === 'connecting';
  }

  #open(format) {
    this.#format = format;
    this.#liveness.restart();
    if (this.lowLatency) {
      stage.resize(format.width, format.height);
      return;
    }
    this.#player?.close();
    this.#player = null;
    this.#early = [];
    this.#opening = this.#opening.then(async () => {
      const Player = await supported(format);
      if (!Player) {
        say(`This browser cannot play this stream (H.264, ${format.codec}). WebCodecs needs HTTPS or localhost.`);
        return;
      }
      if (this.lowLatency) return;
      stage.resize(format.width, format.height);
      this.#player = new Player(format, (image, unit) => this.#show(image, unit), () => this.#connection.requestKey());
      this.#early.splice(0).forEach((unit) => this.#player.push(unit));
    });
  }

  #show(image, unit) {
    stage.show(image, unit);
    this.#liveness.shown(unit);
    const age = Date.now() - unit.capture / 1000;
    this.#age = age >= 0 && age < 60000 ? age : null;
  }

  #stats(stats) {
    const now = performance.now();
    const seconds = (now - this.#counted.at) / 1000;
    const shown = (stage.shown.all - this.#counted.all) / seconds;
    const { fpsIn, fpsOut, generated } = stats.figures;
    const made = Math.max(0, generated - this.#counted.generated) / seconds;
    const first = this.#counted.generated === null;
    this.#counted = { all: stage.shown.all, generated, at: now };
    if (first) return;
    element('left-label').textContent = fpsIn > 0 ? `original ${fpsIn.toFixed(0)}` : 'original';
    element('right-label').textContent = fpsOut > 0 ? `${made.toFixed(0)} generated, ${fpsOut.toFixed(0)} in all` : 'generated';
    sound.available(stats.sound && Boolean(this.#player?.due || this.lowLatency));
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
  element('low-latency').setAttribute('aria-pressed', 'false');
  playing.look();
}

async function list() {
  try {
    const { streams, webRtc } = await api.list();
    const { name, title, addresses: others } = streams.find((stream) => stream.name === wanted(streams));
    element('token-form').hidden = true;
    element('run').hidden = !(await api.session()).control;
    element('low-latency').hidden = !webRtc || !WebRtcPlayer.supported;
    document.title = title;
    addresses.show(name, webRtc, others);
    element('streams').replaceChildren(...streams.map((stream) => {
      const link = document.createElement('a');
      link.href = `#${stream.name}`;
      link.textContent = stream.title;
      link.dataset.state = stream.state;
      link.title = stream.message || stream.state;
      if (stream.name === name) link.setAttribute('aria-current', 'page');
      return link;
    }));
    play(name);
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

element('low-latency').addEventListener('click', () => playing.setLowLatency(!playing.lowLatency));

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.id === 'token') return;
  if (event.key.toLowerCase() === 'l' && !element('low-latency').hidden) playing?.setLowLatency(!playing.lowLatency);
});

addEventListener('hashchange', list);
setInterval(() => document.hidden || playing?.look(), LOOK_EVERY);
setInterval(list, LIST_EVERY);
list();
