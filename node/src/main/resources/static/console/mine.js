// SPDX-License-Identifier: Apache-2.0

/** @file What is mine: devices, the avatars they move, and who those are to each platform. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Acting } from './acting.js';
import { getJson } from './api.js';
import { empty, failed, loading } from './notice.js';
import { account, may } from './session.js';
import './claim.js';
import './identity.js';
import './thing.js';

const PAGE = 200;

class Mine extends Acting {
  static properties = {
    node: { attribute: false }, things: { state: true }, mappings: { state: true }, signals: { state: true }, identities: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = () => this.attempt(async () => {
    const list = (path, action, query) => (may(action) ? getJson(path, query) : []);
    const [things, mappings, signals, identities] = await Promise.all([
      getJson('/api/things', { limit: PAGE }), list('/api/mappings', 'listMappings'), list('/api/signals', 'listSignals', { limit: PAGE }),
      list('/api/identities', 'listIdentities', { limit: PAGE })]);
    this.mappings = mappings;
    this.signals = signals.filter(({ state }) => state === 'open' || state === 'upheld');
    // Who keeps the node sees what belongs to others as well; here is one's own.
    this.identities = identities.filter(({ owner }) => owner === account());
    this.things = things.filter(({ owner }) => owner === account());
  });

  render() {
    return html`
      <div class="page" @changed=${this.#load}>
        <div>
          <h1>My devices and avatars</h1>
          <p class="lead">What belongs to you here, who may see what of it, and who it is to each platform: to every one of them somebody else.</p>
        </div>
        ${may('claimThing') ? html`<carnet-claim></carnet-claim>` : nothing}
        ${this.problem ? failed(this.problem, this.#load) : nothing}
        ${this.things ? this.#list() : this.problem ? nothing : loading('Asking for what is yours …')}
      </div>`;
  }

  #list() {
    const person = this.identities.filter(({ thing }) => !thing);
    return html`
      ${this.things.length ? nothing : empty('Nothing is yours here yet', html`A device that is registered in the name of ${account()} appears here.`)}
      <div class="things">
        ${repeat(this.things, (thing) => thing.thingDescription.id, (thing) => {
          const { id } = thing.thingDescription;
          return html`
            <carnet-thing .node=${this.node} .thing=${thing}
              .mappings=${this.mappings.filter((mapping) => mapping.thing === id)}
              .signals=${this.signals.filter(({ party }) => party === id)}
              .identities=${this.identities.filter((identity) => identity.thing === id)}></carnet-thing>`;
        })}
      </div>
      ${person.length ? html`
        <section class="things" aria-labelledby="person-title">
          <h2 id="person-title">You in person</h2>
          ${repeat(person, ({ id }) => id, (identity) => html`<div class="sheet thing"><carnet-identity .identity=${identity}></carnet-identity></div>`)}
        </section>` : nothing}`;
  }
}

customElements.define('carnet-mine', Mine);
