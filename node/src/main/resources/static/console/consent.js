// SPDX-License-Identifier: Apache-2.0

/** @file The page where one lets another platform or an application in, once for each. */

import { html } from 'lit';
import { getJson, request } from './api.js';
import { Counter } from './counter.js';
import { question } from './question.js';
import { learn, signIn } from './session.js';

class Consent extends Counter {
  static properties = { asked: { state: true }, problem: { state: true }, busy: { state: true } };

  #state = new URLSearchParams(location.search).get('state') ?? '';

  connectedCallback() {
    super.connectedCallback();
    this.attempt(async () => {
      const presence = await learn();
      this.named(presence.node);
      if (!presence.account) signIn();
      else this.asked = await getJson('/sign-in/consent', { state: this.#state });
    });
  }

  /** @param {string[]} scopes what is allowed; none is a refusal */
  #answer = (scopes) => () => this.attempt(async () => {
    const body = new URLSearchParams({ client_id: this.asked.client, state: this.#state });
    scopes.forEach((scope) => body.append('scope', scope));
    const answer = await request('/oauth2/authorize', { method: 'POST', body });
    location.replace((await answer.json()).redirect);
  });

  content() {
    if (!this.asked) return html`<p class="muted" ?hidden=${this.problem}>One moment …</p>${this.trouble()}`;
    return html`
      ${question(this.asked)}
      <p class="muted small">You are asked this once. It then leads you to <strong>${this.asked.leadsTo}</strong>.</p>
      ${this.trouble()}
      <div class="choice">
        <button class="primary" ?disabled=${this.busy} @click=${this.#answer(this.asked.scopes)}>Allow</button>
        <button ?disabled=${this.busy} @click=${this.#answer([])}>Do not allow</button>
      </div>`;
  }
}

customElements.define('carnet-consent', Consent);
