// SPDX-License-Identifier: Apache-2.0

/** @file A part of a page that does one thing at a time, and shows why it failed. */

import { LitElement } from 'lit';
import { asProblem } from './api.js';

export class Acting extends LitElement {
  static properties = { problem: { state: true }, busy: { state: true }, told: { state: true } };

  constructor() {
    super();
    this.problem = null;
    this.busy = false;
    this.told = '';
  }

  createRenderRoot() {
    return this;
  }

  /**
   * Does nothing while something else is being done.
   * @param {() => Promise<unknown>} act
   * @param {string} [done] what is said once it is
   * @returns {Promise<boolean>} whether it was done
   */
  async attempt(act, done = '') {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    this.told = '';
    try {
      await act();
      this.told = done;
      return true;
    } catch (error) {
      this.problem = asProblem(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
