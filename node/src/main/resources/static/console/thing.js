// SPDX-License-Identifier: Apache-2.0

/** @file One of my devices: what it is, which avatars it moves, who those are to each platform, and what becomes of it. */

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Acting } from './acting.js';
import { send } from './api.js';
import { distance, moment, words } from './format.js';
import { CLAIMS } from './identity.js';
import { done, failed, stamp } from './notice.js';
import { may } from './session.js';
import './lifecycle.js';

class Thing extends Acting {
  static properties = {
    node: { attribute: false }, thing: { attribute: false }, mappings: { attribute: false }, signals: { attribute: false }, identities: { attribute: false },
  };

  #give = (event) => {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    const wish = { platform: given.get('platform').trim(), avatar: given.get('avatar'), thing: this.thing.thingDescription.id, shows: given.getAll('shows') };
    this.attempt(async () => {
      await send('POST', '/api/identities', wish);
      form.reset();
      this.dispatchEvent(new Event('changed', { bubbles: true }));
    }, 'Made. Nobody else knows that the two are the same.');
  };

  get #name() {
    return this.thing.thingDescription.title ?? 'A thing';
  }

  render() {
    const { thingDescription: about, route, gateway, standing = 'active', key } = this.thing;
    const suspended = this.signals.some(({ effect }) => effect === 'suspended');
    return html`
      <article class="sheet thing" data-thing=${about.id} data-standing=${standing}>
        <div class="thing-head">
          <div>
            <p class="label">${route === 'gateway' ? 'Device, through a gateway' : 'Device'}</p>
            <h2>${this.#name}</h2>
            <p class="fine mono">${about.id}</p>
            ${key && key !== about.id ? html`<p class="fine">It signs with <span class="mono">${key}</span> now.</p>` : nothing}
            ${gateway ? html`<p class="fine">Vouched for by <span class="mono">${gateway}</span></p>` : nothing}
          </div>
          <div>${suspended ? stamp('suspended') : nothing}${standing === 'active' ? nothing : stamp(standing)}</div>
        </div>
        ${this.signals.length ? html`
          <section><p>Something about it looks like fraud: <a href="#/signals">see what was noticed</a>${suspended ? ', and why nothing is taken from it' : ''}.</p></section>` : nothing}
        <section aria-label="Avatars of ${this.#name}">
          ${this.mappings.length ? this.#avatars() : html`<p class="muted">It moves no avatar: no mapping lets anything of it pass.</p>`}
        </section>
        ${may('createIdentity') ? this.#identities() : nothing}
        ${standing !== 'decommissioned' && may('transferThing') ? html`<carnet-lifecycle .thing=${this.thing}></carnet-lifecycle>` : nothing}
      </article>`;
  }

  #avatars() {
    const here = (platform) => platform === this.node.name;
    return html`
      <table class="cards">
        <caption class="label">Whom it moves</caption>
        <thead><tr><th>Avatar</th><th>Platform</th><th>What it gets, for what</th><th>Until</th><th>Mapping</th></tr></thead>
        <tbody>${this.mappings.map(({ avatar, platform, purpose, shares, alias, notAfter, status }) => html`
          <tr data-avatar=${avatar} data-platform=${platform}>
            <th scope="row">${here(platform) ? html`<a href="#/avatar/${encodeURIComponent(avatar)}">${avatar}</a>` : avatar}</th>
            <td data-label="Platform">${platform}${here(platform) ? html` <span class="muted">(here)</span>` : nothing}</td>
            <td class="wide" data-label="What it gets">${shares.map(({ property }) => words(property)).join(', ')} <span class="muted">for</span> ${purpose}
              ${alias ? html`<div class="fine">from a thing that it knows as <span class="mono">${alias}</span></div>` : nothing}</td>
            <td data-label="Until" title=${moment(notAfter)}>${distance(notAfter)}</td>
            <td data-label="Mapping">${stamp(status)}</td>
          </tr>`)}</tbody>
      </table>`;
  }

  #identities() {
    const avatars = [...new Set(this.mappings.map(({ avatar }) => avatar))];
    return html`
      <section aria-label="Identities of ${this.#name}">
        <h3>Who its avatars are to other platforms</h3>
        ${this.problem ? failed(this.problem) : nothing}
        ${done(this.told)}
        ${this.identities.length ? nothing : html`<p class="muted">To nobody anybody yet: no other platform was given an identity of them.</p>`}
        ${repeat(this.identities, ({ id }) => id, (identity) => html`<carnet-identity .identity=${identity}></carnet-identity>`)}
        ${avatars.length ? html`
          <details>
            <summary>Give an avatar an identity at another platform</summary>
            <form @submit=${this.#give}>
              <div class="field"><label class="label" for="avatar-${this.#key}">Avatar</label>
                <select id="avatar-${this.#key}" name="avatar">${avatars.map((avatar) => html`<option>${avatar}</option>`)}</select></div>
              <div class="field"><label class="label" for="platform-${this.#key}">Platform</label>
                <input id="platform-${this.#key}" name="platform" class="mono" required placeholder="did:…" pattern="did:.+" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
              <fieldset>
                <legend class="label">What may be shown there</legend>
                ${Object.entries(CLAIMS).map(([claim, what]) => html`<label><input type="checkbox" name="shows" value=${claim}><span>${what}</span></label>`)}
              </fieldset>
              <div><button class="primary" ?disabled=${this.busy}>Give it</button></div>
            </form>
          </details>` : nothing}
      </section>`;
  }

  /** What tells the fields of one device from those of another. */
  get #key() {
    return this.thing.thingDescription.id.slice(-12);
  }
}

customElements.define('carnet-thing', Thing);
