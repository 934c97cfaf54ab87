// SPDX-License-Identifier: Apache-2.0

/** @file The page where one signs in: with a passkey first, in other ways second; it then goes where one wanted to go. */

import { html, nothing } from 'lit';
import { send } from './api.js';
import { values } from './codes.js';
import { Counter } from './counter.js';
import { possible, use } from './passkey.js';
import { destination, learn, local, platforms } from './session.js';

/** Why one did not enter with an account at another platform. */
const REFUSALS = {
  unreachable: (name) => `${name} cannot be reached now, or does not know this platform.`,
  'not-begun-here': () => 'That sign-in was not begun in this browser, or too long ago. Begin again.',
  'other-provider': (name) => `The answer was not one of ${name}. Somebody may have tried to mislead you.`,
  declined: (name) => `${name} did not let you go on, or you did not want to.`,
  'not-proven': (name) => `What ${name} said of you does not hold. Begin again.`,
  'not-fresh': (name) => `${name} did not have you prove anew who you are.`,
  'not-active': () => 'Your account here may not sign in.',
  'other-account': (name) => `That account at ${name} belongs to another account here, or to none.`,
  'signed-out': () => 'You were signed out meanwhile. Sign in, then link it again.',
};

class SignIn extends Counter {
  static properties = { presence: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#begin();
    // A link that is opened where this page is open already.
    addEventListener('hashchange', () => this.#begin());
  }

  async #begin() {
    const link = /^#link=([\w-]+)$/.exec(location.hash)?.[1];
    if (link) history.replaceState(null, '', location.pathname + location.search);
    else if (this.goToName()) return;
    await this.attempt(async () => {
      this.presence = await learn();
      this.named(this.presence.node);
      if (link) await this.#prove('/sign-in/link', { link });
      else if (this.presence.account && !new URLSearchParams(location.search).has('again')) location.replace(destination());
    });
  }

  async #prove(path, body) {
    const told = await send('POST', path, body);
    const wanted = new URLSearchParams(location.search).has('then');
    const fresh = path.endsWith('/link') && !wanted && !told.roles.includes('administrator');
    location.replace(fresh ? '/#/account' : destination());
  }

  #passkey = () => this.attempt(async () => this.#prove('/sign-in/passkey', { credential: await use('/sign-in/passkey/options') }));

  #form = (path) => (event) => {
    event.preventDefault();
    this.attempt(() => this.#prove(path, values(event.target)));
  };

  /** Told by the address, in words of this page only. */
  #refusal() {
    const query = new URLSearchParams(location.search);
    const told = REFUSALS[query.get('refused')];
    if (!told || !this.presence) return nothing;
    const name = platforms().find(({ key }) => key === query.get('at'))?.name ?? 'The other platform';
    return html`<div class="trouble" role="alert"><strong>You are not signed in.</strong> ${told(name)}</div>`;
  }

  #others(again) {
    const query = `?then=${encodeURIComponent(destination().replace(location.origin, ''))}${again ? '&again' : ''}`;
    return platforms().filter(({ proves }) => proves || !again).map(({ name, path }) => html`
      <a class=${local() ? 'button wide' : 'button wide primary'} href=${path + query}>Enter with your account at ${name}</a>`);
  }

  content() {
    const again = this.presence?.account;
    return html`
      <div>
        <p class="label">${again ? 'Prove again who you are' : 'Console'}</p>
        <h1>${again ? html`Sign in again, ${again}` : 'Sign in'}</h1>
      </div>
      ${this.#refusal()} ${this.trouble()}
      ${!local() ? nothing : possible()
        ? html`<button class="primary wide" ?disabled=${this.busy} @click=${this.#passkey}>Sign in with a passkey</button>`
        : html`<p class="muted">Passkeys belong to a name: this node has to be called by one, not by numbers.</p>`}
      ${this.#others(again)}
      ${local() ? this.#otherMeans() : nothing}
      ${again ? html`<p><a href=${destination()}>Go back without</a></p>` : nothing}`;
  }

  #otherMeans() {
    return html`
      <details>
        <summary>With a password and a code</summary>
        <form @submit=${this.#form('/sign-in/password')}>
          ${nameField('p')}
          <div class="field">
            <label class="label" for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required>
          </div>
          <div class="field">
            <label class="label" for="code">Code of your app</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required>
          </div>
          <div><button ?disabled=${this.busy}>Sign in</button></div>
        </form>
      </details>
      <details>
        <summary>With a recovery code</summary>
        <form @submit=${this.#form('/sign-in/recovery-code')}>
          ${nameField('r')}
          <div class="field">
            <label class="label" for="recovery">Recovery code</label>
            <input id="recovery" name="code" autocomplete="off" spellcheck="false" required>
          </div>
          <div><button ?disabled=${this.busy}>Sign in</button></div>
        </form>
      </details>`;
  }
}

const nameField = (key) => html`
  <div class="field">
    <label class="label" for="name-${key}">Name</label>
    <input id="name-${key}" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required>
  </div>`;

customElements.define('carnet-sign-in', SignIn);
