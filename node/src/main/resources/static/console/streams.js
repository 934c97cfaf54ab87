// SPDX-License-Identifier: Apache-2.0

/** @file Live streams from the node: they reconnect by themselves and tell the header how they are. */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** @typedef {'idle'|'connecting'|'live'|'lost'} StreamState */

/** The state of all open streams together; fires `change`. */
class Connection extends EventTarget {
  #states = new Map();

  /** @param {object} stream @param {StreamState|null} state null when the stream is closed on purpose */
  report(stream, state) {
    const before = this.state;
    if (state) this.#states.set(stream, state);
    else this.#states.delete(stream);
    if (this.state !== before) this.dispatchEvent(new Event('change'));
  }

  /** @returns {StreamState} the worst of all streams */
  get state() {
    const states = [...this.#states.values()];
    if (!states.length) return 'idle';
    return states.includes('lost') ? 'lost' : states.includes('connecting') ? 'connecting' : 'live';
  }
}

export const connection = new Connection();

/** A stream that lives as long as the element that shows it (a Lit reactive controller). */
export class Stream {
  #path;
  #onMessage;
  #socket = null;
  #pause = FIRST_PAUSE;
  #timer = 0;

  /**
   * @param {import('lit').ReactiveControllerHost} host
   * @param {() => string|null} path asked at each connect; null means not now
   * @param {(message: any) => void} onMessage
   */
  constructor(host, path, onMessage) {
    this.#path = path;
    this.#onMessage = onMessage;
    host.addController(this);
  }

  hostConnected() {
    this.open();
  }

  hostDisconnected() {
    this.close();
  }

  open() {
    this.close();
    const path = this.#path();
    if (!path) return;
    connection.report(this, 'connecting');
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, ['carnet']);
    this.#socket = socket;
    socket.onopen = () => {
      this.#pause = FIRST_PAUSE;
      connection.report(this, 'live');
    };
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(data));
    socket.onclose = () => {
      connection.report(this, 'lost');
      this.#timer = setTimeout(() => this.open(), this.#pause);
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    };
  }

  close() {
    clearTimeout(this.#timer);
    connection.report(this, null);
    if (!this.#socket) return;
    this.#socket.onclose = this.#socket.onmessage = this.#socket.onopen = null;
    this.#socket.close();
    this.#socket = null;
  }
}
