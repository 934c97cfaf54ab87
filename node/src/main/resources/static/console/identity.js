// SPDX-License-Identifier: Apache-2.0

/** @file Who one avatar is to one platform: what it may show there, what it has shown, and the end of it. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { send } from './api.js';
import { count, distance, moment } from './format.js';
import { done, failed } from './notice.js';
import { may } from './session.js';
import { sure } from './sure.js';

/** What a credential of an avatar can show, in words. */
export const CLAIMS = {
  avatar: 'what the avatar is called here',
  represents: 'whether it stands for a device or for you in person',
  thing: 'the device, by a name that is used there alone',
  owner: 'that all with the same owner have the same owner, by a name that is used there alone',
};

class Identity extends Acting {
  static properties = { identity: { attribute: false }, changing: { state: true } };

  get #path() {
    return `/api/identities/${encodeURIComponent(this.identity.id)}`;
  }

  #change = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const until = given.get('standing');
    const terms = { shows: given.getAll('shows'), ...(until ? { standing: `${until}T23:59:59Z` } : {}) };
    this.attempt(async () => {
      this.identity = await send('PUT', this.#path, terms);
      this.changing = false;
    }, 'It holds from now on. What was shown before stays known there.');
  };

  async #end() {
    const yes = await sure({
      title: 'End this identity for good?',
      text: `Its key is destroyed and its credential revoked. To ${name(this.identity.platform)} nobody is this avatar any more.`,
      yes: 'End it',
    });
    if (yes && (await this.attempt(() => send('DELETE', this.#path)))) this.dispatchEvent(new Event('changed', { bubbles: true }));
  }

  render() {
    const { avatar, platform, did, alias, shows, standing, expires } = this.identity;
    const lasting = standing && new Date(standing) > new Date();
    return html`
      <div class="identity-paper" data-identity=${did}>
        <div class="thing-head">
          <h4>${avatar ?? 'You'} <span class="muted">at</span> <span title=${platform}>${name(platform)}</span></h4>
          <div class="actions">
            <button class="small" ?disabled=${this.busy} @click=${() => (this.changing = !this.changing)} aria-expanded=${this.changing ? 'true' : 'false'}
              aria-label="Change what ${avatar ?? 'you'} may show at ${name(platform)}">Change</button>
            <button class="small danger" ?disabled=${this.busy} @click=${this.#end} aria-label="End the identity of ${avatar ?? 'you'} at ${name(platform)}">End</button>
          </div>
        </div>
        ${this.problem ? failed(this.problem) : nothing}
        ${done(this.told)}
        <dl class="fields">
          <div class="wide"><dt>Known there as</dt><dd class="mono">${did}</dd></div>
          ${alias ? html`<div class="wide"><dt>Its device is known there as</dt><dd class="mono">${alias}</dd></div>` : nothing}
          <div class="wide"><dt>May be shown there</dt><dd>${shows.length ? html`<ul class="plain">${shows.map((claim) => html`<li>${CLAIMS[claim] ?? claim}</li>`)}</ul>` : 'nothing but that it is the same avatar again'}</dd></div>
          <div><dt>Without asking you</dt><dd>${lasting ? html`until ${moment(standing)}` : 'never'}</dd></div>
          <div><dt>Credential</dt><dd title=${moment(expires)}>renewed ${distance(expires)}</dd></div>
          <div class="wide"><dt>Was shown there</dt><dd>${this.#shown()}</dd></div>
        </dl>
        ${this.changing ? this.#terms() : nothing}
      </div>`;
  }

  #shown() {
    const { shown } = this.identity;
    if (!shown.length) return 'nothing yet';
    return html`
      <ul class="plain">${shown.map(({ claims, times, last, record }) => html`
        <li>${claims.length ? claims.map((claim) => CLAIMS[claim] ?? claim).join('; ') : 'only that it is the same avatar again'},
          <span class="number">${count(times)}</span> ${times === 1 ? 'time' : 'times'}, last ${moment(last)}${may('searchRecords') ? html`,
          <a href="#/record/${record}">on the record</a>` : nothing}</li>`)}</ul>`;
  }

  #terms() {
    const { id, shows, standing } = this.identity;
    return html`
      <form @submit=${this.#change}>
        <fieldset>
          <legend class="label">What may be shown there</legend>
          ${Object.entries(CLAIMS).map(([claim, what]) => html`
            <label><input type="checkbox" name="shows" value=${claim} ?checked=${shows.includes(claim)}><span>${what}</span></label>`)}
        </fieldset>
        <div class="field"><label class="label" for="standing-${id}">Without asking you, until the end of</label>
          <input id="standing-${id}" name="standing" type="date" .value=${standing?.slice(0, 10) ?? ''} aria-describedby="standing-rule-${id}">
          <p id="standing-rule-${id}" class="muted small">Left empty, this platform shows it only when you say so.</p></div>
        <div><button class="primary" ?disabled=${this.busy}>Allow that, and nothing else</button>
          <button type="button" class="quiet" @click=${() => (this.changing = false)}>Leave it</button></div>
      </form>`;
  }
}

/** The part of a platform's DID that people know it by: its host, if it has one. @param {string} did */
function name(did) {
  const host = /^did:web(?:vh:[^:]+)?:([^:]+)/.exec(did)?.[1];
  return host ? host.replace('%3A', ':') : did;
}

customElements.define('carnet-identity', Identity);
