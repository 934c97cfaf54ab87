// SPDX-License-Identifier: Apache-2.0

/** @file The page where the first administrator enrols, with the token that the node printed at its first start. */

import { html } from 'lit';
import { send } from './api.js';
import { passwordFields, recoveryCodes, values } from './codes.js';
import { Counter } from './counter.js';
import { device, make, possible } from './passkey.js';
import { learn } from './session.js';

class Enrol extends Counter {
  static properties = {
    offer: { state: true },
    recovery: { state: true },
  };

  #token = '';
  #name = '';

  connectedCallback() {
    super.connectedCallback();
    if (this.goToName()) return;
    this.#token = /^#token=([\w-]+)/.exec(location.hash)?.[1] ?? '';
    history.replaceState(null, '', location.pathname);
    this.attempt(async () => this.named((await learn()).node));
  }

  get #bearer() {
    return { headers: { Authorization: `Bearer ${this.#token}` } };
  }

  #choose = (event) => {
    event.preventDefault();
    const { token, name } = values(event.target);
    this.#token = this.#token || token.trim();
    this.#name = name;
    const passkey = event.submitter?.value !== 'password';
    this.attempt(passkey ? this.#passkey : this.#offer);
  };

  #passkey = async () => {
    const credential = await make('/enrol/passkey/options', { name: this.#name }, this.#bearer);
    const told = await send('POST', '/enrol/passkey', { name: this.#name, label: device(navigator.userAgent), credential }, this.#bearer);
    this.recovery = told.recoveryCodes;
  };

  #offer = async () => {
    this.offer = await send('POST', '/enrol/password/options', { name: this.#name }, this.#bearer);
  };

  #password = (event) => {
    event.preventDefault();
    const { password, code } = values(event.target);
    this.attempt(async () => {
      const body = { name: this.#name, password, code, sealed: this.offer.sealed };
      this.recovery = (await send('POST', '/enrol/password', body, this.#bearer)).recoveryCodes;
    });
  };

  content() {
    if (this.recovery) return recoveryCodes(this.recovery, html`<div><a class="button primary" href="/">I have kept them: open the console</a></div>`);
    return this.offer ? this.#passwordStep() : this.#nameStep();
  }

  #nameStep() {
    return html`
      <div>
        <p class="label">First start</p>
        <h1>Become the administrator</h1>
      </div>
      <p>The token that this node printed enrols one person, and is void from then on.</p>
      ${this.trouble()}
      <form @submit=${this.#choose}>
        ${this.#token ? html`<p><span class="stamp" data-tint="green">token</span> <span class="muted">It came with the address.</span></p>` : html`
          <div class="field">
            <label class="label" for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required>
          </div>`}
        <div class="field">
          <label class="label" for="name">Your name here</label>
          <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required
            pattern="[a-z][a-z0-9]*([._\\-][a-z0-9]+)*" aria-describedby="name-rule">
          <p id="name-rule" class="muted small">Lower-case letters and digits, such as <code>alice</code>. It stays yours for ever.</p>
        </div>
        ${possible() ? html`<button class="primary wide" value="passkey" ?disabled=${this.busy}>Create a passkey</button>` : ''}
        <button class="wide" value="password" ?disabled=${this.busy}>Use a password and one-time codes</button>
      </form>`;
  }

  #passwordStep() {
    return html`
      <div>
        <p class="label">${this.#name}</p>
        <h1>Password and one-time codes</h1>
      </div>
      ${this.trouble()}
      <form @submit=${this.#password}>
        ${passwordFields(this.offer)}
        <div><button class="primary" ?disabled=${this.busy}>Enrol</button>
          <button type="button" class="quiet" @click=${() => (this.offer = null)}>Back</button></div>
      </form>`;
  }
}

customElements.define('carnet-enrol', Enrol);
