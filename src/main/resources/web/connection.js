// One stream's WebSocket: connects, hands on what comes, connects again with growing waits.

import { parse } from './access-unit.js';

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5000;

export class Connection {
  #name;
  #on;
  #socket = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  #closed = false;
  #next = null;
  #listens = false;
  #looks = true;

  /**
   * `on` has hello(format), unit(accessUnit), gap(), sound(format), packet(unit), state(state, message), stats(stats),
   * lost(words), and heard(), which comes before each of them but the last.
   */
  constructor(name, on) {
    this.#name = name;
    this.#on = on;
    this.#connect();
  }

  requestKey() {
    this.#send({ type: 'key' });
  }

  /** Whether sound is to come; it does not until it is asked for. */
  listen(on) {
    this.#listens = on;
    this.#send({ type: 'sound', on });
  }

  /** Whether pictures are to come; else their headers do, without what is to be decoded. */
  look(on) {
    this.#looks = on;
    this.#send({ type: 'pictures', on });
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws/${this.#name}`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      if (this.#listens) this.listen(true);
      if (!this.#looks) this.look(false);
    };
    socket.onmessage = ({ data }) => {
      this.#on.heard();
      if (typeof data === 'string') this.#text(JSON.parse(data));
      else this.#binary(data);
    };
    socket.onclose = (event) => this.#lost(event.reason);
    this.#socket = socket;
    this.#next = null;
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #text(message) {
    this.#wait = FIRST_WAIT;
    if (message.type === 'hello') this.#on.hello(message.format);
    else if (message.type === 'sound') this.#on.sound(message.format);
    else if (message.type === 'state') this.#on.state(message.state, message.message);
    else if (message.type === 'stats') this.#on.stats(message);
  }

  #binary(data) {
    const unit = parse(data);
    if (unit.sound) {
      this.#on.packet(unit);
      return;
    }
    if (this.#next !== null && unit.sequence !== this.#next) this.#on.gap();
    this.#next = (unit.sequence + 1) % 2 ** 32;
    this.#on.unit(unit);
  }

  #lost(reason) {
    if (this.#closed) return;
    this.#on.lost(reason ? `The server closed the connection: ${reason}.` : 'The connection is lost.');
    this.#timer = setTimeout(() => this.#connect(), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
  }
}
