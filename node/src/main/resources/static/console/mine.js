// SPDX-License-Identifier: Apache-2.0

/** @file What is mine: devices, the avatars they move, and who those are to each platform. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson } from './api.js';
import { done, empty, failed, loading } from './notice.js';
import { account } from './session.js';
import './thing.js';

const PAGE = 200;

class Mine extends Acting {
  static properties = { node: { attribute: false }, open: {}, things: { state: true }, mappings: { state: true }, signals: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = () => this.attempt(async () => this.#read());

  async #read() {
    const [things, mappings, signals] = await Promise.all([
      getJson('/api/things', { limit: PAGE }), getJson('/api/mappings'), getJson('/api/signals', { limit: PAGE })]);
    this.mappings = mappings;
    this.signals = signals;
    // Who keeps the node sees the things of others as well; here are one's own.
    this.things = things.filter(({ owner }) => owner === account());
  }

  render() {
    return html`
      <div class="page" @changed=${this.#load}>
        <div>
          <h1>My devices and avatars</h1>
          <p class="lead">What belongs to you here, who may see what of it, and who it is to each platform: to every one of them somebody else.</p>
        </div>
        ${this.problem ? failed(this.problem, this.#load) : nothing}
        ${done(this.told)}
        ${this.things ? this.#list() : this.problem ? nothing : loading('Asking for what is yours …')}
      </div>`;
  }

  #list() {
    if (!this.things.length) return empty('Nothing is yours here yet', html`A device that is registered in your name, ${account()}, appears here.`);
    return html`
      <div class="things">
        ${this.things.map((thing) => html`
          <carnet-thing .node=${this.node} .thing=${thing}
            .mappings=${this.mappings.filter((mapping) => mapping.thing === thing.thingDescription.id)}
            .signals=${this.signals.filter(({ party, state }) => party === thing.thingDescription.id && (state === 'open' || state === 'upheld'))}></carnet-thing>`)}
      </div>`;
  }
}

customElements.define('carnet-mine', Mine);
