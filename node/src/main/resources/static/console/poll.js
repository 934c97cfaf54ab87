// SPDX-License-Identifier: Apache-2.0

/** @file Asking the node again and again, while somebody looks. */

import { asProblem } from './api.js';

/** Asks for as long as the element is there and the page is in sight (a Lit reactive controller). */
export class Poll {
  #host;
  #pause;
  #ask;
  #timer = 0;
  #there = false;

  /**
   * @param {import('lit').ReactiveControllerHost & {problem: ?import('./api.js').Problem}} host told of what goes wrong
   * @param {number} pause between an answer and the next question, in ms
   * @param {() => Promise<void>} ask
   */
  constructor(host, pause, ask) {
    this.#host = host;
    this.#pause = pause;
    this.#ask = ask;
    host.addController(this);
  }

  hostConnected() {
    this.#there = true;
    this.now();
  }

  hostDisconnected() {
    this.#there = false;
    clearTimeout(this.#timer);
  }

  /** Asks at once. */
  now = async () => {
    clearTimeout(this.#timer);
    if (!document.hidden) await this.#once();
    clearTimeout(this.#timer);
    if (this.#there) this.#timer = setTimeout(this.now, this.#pause);
  };

  async #once() {
    try {
      await this.#ask();
      this.#host.problem = null;
    } catch (error) {
      const problem = asProblem(error);
      // That the node does not answer is told once, in the header; what was known stays in sight.
      if (problem.status !== 0 || !this.#host.problem) this.#host.problem = problem;
    }
  }
}
