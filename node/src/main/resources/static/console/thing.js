// SPDX-License-Identifier: Apache-2.0

/** @file One of my devices: what it is, and which avatars it moves where. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { distance, moment, words } from './format.js';
import { stamp } from './notice.js';

class Thing extends Acting {
  static properties = { node: { attribute: false }, thing: { attribute: false }, mappings: { attribute: false }, signals: { attribute: false } };

  render() {
    const { thingDescription: about, route, gateway } = this.thing;
    const suspended = this.signals.some(({ effect }) => effect === 'suspended');
    return html`
      <article class="sheet thing" data-thing=${about.id}>
        <div class="thing-head">
          <div>
            <p class="label">${route === 'gateway' ? 'Device, through a gateway' : 'Device'}</p>
            <h2>${about.title ?? 'A thing'}</h2>
            <p class="fine mono">${about.id}</p>
            ${gateway ? html`<p class="fine">vouched for by <span class="mono">${gateway}</span></p>` : nothing}
          </div>
          <div>${suspended ? stamp('suspended') : nothing}</div>
        </div>
        ${this.signals.length ? html`
          <section><p>Something about it looks like fraud: <a href="#/signals">see what was noticed</a>${suspended ? ', and why nothing is taken from it' : ''}.</p></section>` : nothing}
        <section aria-label="Avatars of ${about.title ?? 'a thing'}">
          ${this.mappings.length ? this.#avatars() : html`<p class="muted">It moves no avatar: no mapping lets anything of it pass.</p>`}
        </section>
      </article>`;
  }

  #avatars() {
    return html`
      <table class="cards">
        <thead><tr><th>Avatar</th><th>Platform</th><th>What it gets, for what</th><th>Until</th><th>Mapping</th></tr></thead>
        <tbody>${this.mappings.map(({ avatar, platform, purpose, shares, notAfter, status }) => html`
          <tr data-avatar=${avatar} data-platform=${platform}>
            <th scope="row">${platform === this.node.name ? html`<a href="#/avatar/${encodeURIComponent(avatar)}">${avatar}</a>` : avatar}</th>
            <td data-label="Platform">${platform}${platform === this.node.name ? html` <span class="muted">(here)</span>` : nothing}</td>
            <td class="wide" data-label="What it gets">${shares.map(({ property }) => words(property)).join(', ')} <span class="muted">for</span> ${purpose}</td>
            <td data-label="Until" title=${moment(notAfter)}>${distance(notAfter)}</td>
            <td data-label="Mapping">${stamp(status)}</td>
          </tr>`)}</tbody>
      </table>`;
  }
}

customElements.define('carnet-thing', Thing);
