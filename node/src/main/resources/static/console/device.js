// SPDX-License-Identifier: Apache-2.0

/** @file The page where one lets a device in that has no screen or keys of its own, by the code that it shows (RFC 8628). */

import { html } from 'lit';
import { send } from './api.js';
import { Counter } from './counter.js';
import { question } from './question.js';
import { learn } from './session.js';

class Device extends Counter {
  static properties = { asked: { state: true }, done: { state: true }, problem: { state: true }, busy: { state: true } };

  #code = new URLSearchParams(location.search).get('user_code') ?? '';

  connectedCallback() {
    super.connectedCallback();
    this.attempt(async () => {
      const presence = await learn();
      this.named(presence.node);
      const then = encodeURIComponent(location.pathname + location.search);
      if (!presence.account) location.replace(`/sign-in?then=${then}`);
    });
  }

  #look = (event) => {
    event.preventDefault();
    this.attempt(async () => {
      this.#code = new FormData(event.target).get('code');
      this.asked = await send('POST', '/sign-in/device', { code: this.#code });
    });
  };

  #answer = (allow) => () => this.attempt(async () => {
    await send('POST', '/sign-in/device/answer', { code: this.#code, allow });
    this.done = allow ? 'It is let in.' : 'It is not let in.';
  });

  content() {
    if (this.done) return html`<h1>${this.done}</h1><p>You can close this page, and go back to the device.</p>`;
    if (this.asked) {
      return html`
        ${question(this.asked)}
        <p class="warning">Only allow this if you have the device before you and it shows the code
          <strong class="mono">${this.asked.code}</strong>. Whoever sent you here with a code of theirs would get in as you.</p>
        ${this.trouble()}
        <div class="choice">
          <button class="primary" ?disabled=${this.busy} @click=${this.#answer(true)}>Allow</button>
          <button ?disabled=${this.busy} @click=${this.#answer(false)}>Do not allow</button>
        </div>`;
    }
    return html`
      <div>
        <p class="label">A device without keys</p>
        <h1>Type the code it shows</h1>
      </div>
      ${this.trouble()}
      <form @submit=${this.#look}>
        <div class="field">
          <label class="label" for="code">Code</label>
          <input id="code" name="code" class="code" .value=${this.#code} autocomplete="off" autocapitalize="characters" spellcheck="false"
            maxlength="12" placeholder="BCDF-GHJK" required>
        </div>
        <div><button class="primary" ?disabled=${this.busy}>Go on</button></div>
      </form>`;
  }
}

customElements.define('carnet-device', Device);
