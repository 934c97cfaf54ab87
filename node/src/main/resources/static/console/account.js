// SPDX-License-Identifier: Apache-2.0

/** @file One's own account: how one signs in, and where one is signed in. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson, send } from './api.js';
import { passwordFields, recoveryCodes, values } from './codes.js';
import { distance as ago } from './format.js';
import { done, failed, loading, stamp } from './notice.js';
import { device, make, possible } from './passkey.js';
import { sure } from './sure.js';
import { local, platforms, signIn } from './session.js';

class Account extends Acting {
  static properties = {
    account: { state: true },
    clients: { state: true },
    offer: { state: true },
    recovery: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  #read = () => this.attempt(async () => {
    this.account = await getJson('/api/account');
    this.clients = await getJson('/api/account/clients');
  });

  #shutOut = (client) => () => this.attempt(async () => {
    await send('DELETE', `/api/account/clients?id=${encodeURIComponent(client)}`);
    this.clients = await getJson('/api/account/clients');
  }, 'It may not act for you any more.');

  #change = (act, done) => () => this.attempt(async () => {
    await act();
    this.account = await getJson('/api/account');
  }, done);

  /** @param {string} what @param {string} path */
  #remove = (what, path) => async () => {
    const yes = await sure({ title: `Remove ${what}?`, text: 'It signs nobody in any more, on no device.', yes: 'Remove it' });
    if (yes) this.#change(() => send('DELETE', path), 'Removed.')();
  };

  #addPasskey = this.#change(async () => {
    const credential = await make('/api/account/passkeys/options');
    await send('POST', '/api/account/passkeys', { label: device(navigator.userAgent), credential });
  }, 'Added. It signs you in from now on.');

  #offerPassword = () => this.attempt(async () => {
    this.offer = await send('POST', '/api/account/password/options', {});
  });

  #setPassword = (event) => {
    event.preventDefault();
    const { password, code } = values(event.target);
    this.#change(async () => {
      await send('PUT', '/api/account/password', { password, code, sealed: this.offer.sealed });
      this.offer = null;
    }, 'Set. The two sign you in together from now on.')();
  };

  #makeCodes = this.#change(async () => {
    this.recovery = (await send('POST', '/api/account/recovery-codes', {})).recoveryCodes;
  });

  #everywhere = () => this.attempt(async () => {
    await send('DELETE', '/api/account/sessions');
    signIn();
  });

  render() {
    if (!this.account) return this.problem ? failed(this.problem, this.#read) : loading('Reading your account …');
    const { name, roles } = this.account;
    return html`
      <div class="page">
        <div class="page-head">
          <div>
            <p class="label">Account</p>
            <h1>${name}</h1>
            <p class="lead">${roles.length ? roles.join(', ') : 'no role'}</p>
          </div>
          <button class="danger" ?disabled=${this.busy} @click=${this.#everywhere}>Sign out everywhere</button>
        </div>
        ${this.problem ? failed(this.problem) : nothing}
        ${done(this.told)}
        ${this.recovery ? html`<section class="sheet slip">${recoveryCodes(this.recovery, html`<div><button @click=${() => (this.recovery = null)}>I have kept them</button></div>`)}</section>` : nothing}
        <div class="account-means">
          ${local() ? html`${this.#passkeys()} ${this.#password()} ${this.#codes()}` : nothing} ${this.#identities()}
        </div>
        ${this.#sessions()}
        ${this.clients?.length ? this.#letIn() : nothing}
      </div>`;
  }

  #passkeys() {
    const { passkeys } = this.account;
    return html`
      <section class="sheet slip">
        <h2>Passkeys</h2>
        ${passkeys.length ? nothing : html`<p class="muted">None yet. A passkey is the safest way to sign in: no page can take it from you.</p>`}
        <ul class="means">
          ${passkeys.map(({ id, label, synced, added, used }) => html`
            <li>
              <span><strong>${label}</strong> ${stamp(synced ? 'synced' : 'one device')}
                <br><span class="muted small">added ${ago(added)}${used ? html`, used ${ago(used)}` : nothing}</span></span>
              <button class="small danger" ?disabled=${this.busy} @click=${this.#remove(`the passkey ${label}`, `/api/account/passkeys/${id}`)}
                aria-label="Remove the passkey ${label}">Remove</button>
            </li>`)}
        </ul>
        ${possible()
          ? html`<div><button class=${passkeys.length ? '' : 'primary'} ?disabled=${this.busy} @click=${this.#addPasskey}>Add a passkey</button></div>`
          : html`<p class="muted">Passkeys belong to a name: call this node localhost, or by its own name.</p>`}
      </section>`;
  }

  #password() {
    const { password } = this.account;
    if (this.offer) {
      return html`
        <section class="sheet slip">
          <h2>Password and one-time codes</h2>
          <form @submit=${this.#setPassword}>
            ${passwordFields(this.offer)}
            <div><button class="primary" ?disabled=${this.busy}>Set</button>
              <button type="button" class="quiet" @click=${() => (this.offer = null)}>Cancel</button></div>
          </form>
        </section>`;
    }
    return html`
      <section class="sheet slip">
        <h2>Password and one-time codes</h2>
        <p class="muted">${password ? 'Set. They sign you in together, neither alone.' : 'Not set. The other way, where there is no passkey.'}</p>
        <div>
          <button ?disabled=${this.busy} @click=${this.#offerPassword}>${password ? 'Set anew' : 'Set'}</button>
          ${password ? html`<button class="danger" ?disabled=${this.busy} @click=${this.#remove('the password and its codes', '/api/account/password')}>Remove</button>` : nothing}
        </div>
      </section>`;
  }

  #codes() {
    const left = this.account.recoveryCodesLeft;
    return html`
      <section class="sheet slip">
        <h2>Recovery codes</h2>
        <p class="muted">${left ? `${left} left. Each signs you in once, when everything else is lost.` : 'None. Without them, only an administrator can let you back in.'}</p>
        <div><button ?disabled=${this.busy} @click=${this.#makeCodes}>Make new ones</button></div>
      </section>`;
  }

  #identities() {
    const { identities } = this.account;
    const open = platforms().filter(({ name }) => !identities.some(({ platform }) => platform === name));
    if (!identities.length && !open.length) return nothing;
    return html`
      <section class="sheet slip">
        <h2>Accounts at other platforms</h2>
        <p class="muted">${identities.length ? 'You enter here with them as well.' : 'Link one, and you enter here with it as well.'}
          This platform is told a name that it alone knows you by.</p>
        <ul class="means">
          ${identities.map(({ id, platform, subject, linked }) => html`
            <li>
              <span><strong>${platform}</strong> <br><span class="muted small">knows you here as <code title=${subject}>${subject.slice(0, 8)}…</code>, linked ${ago(linked)}</span></span>
              <button class="small danger" ?disabled=${this.busy} @click=${this.#change(() => send('DELETE', `/api/account/identities/${id}`))}
                aria-label="Unlink the account at ${platform}">Unlink</button>
            </li>`)}
        </ul>
        ${open.map(({ name, key }) => html`
          <div><button ?disabled=${this.busy} @click=${this.#link(key)}>Link your account at ${name}</button></div>`)}
      </section>`;
  }

  #link = (provider) => () => this.attempt(async () => {
    location.assign((await send('POST', '/api/account/identities', { provider })).location);
  });

  #letIn() {
    return html`
      <section class="sheet slip">
        <h2>Whom you let in</h2>
        <ul class="means">
          ${this.clients.map(({ client, name, scopes }) => html`
            <li>
              <span><strong>${name}</strong> ${scopes.includes('carnet') ? stamp('acts for you') : nothing}
                <br><span class="muted small">${client}</span></span>
              <button class="small danger" ?disabled=${this.busy} @click=${this.#shutOut(client)} aria-label="Shut ${name} out">Shut out</button>
            </li>`)}
        </ul>
      </section>`;
  }

  #sessions() {
    return html`
      <section class="sheet slip">
        <h2>Where you are signed in</h2>
        <table class="cards">
          <thead><tr><th>Browser</th><th>Proved by</th><th>Since</th><th>Last used</th><th><span class="visually-hidden">Act</span></th></tr></thead>
          <tbody>
            ${this.account.sessions.map(({ id, agent, factors, since, used, current }) => html`
              <tr>
                <th class="wide" scope="row">${device(agent)} ${current ? stamp('this one') : nothing}</th>
                <td data-label="Proved by">${proofOf(factors)}</td>
                <td data-label="Since">${ago(since)}</td>
                <td data-label="Last used">${ago(used)}</td>
                <td>${current ? nothing : html`<button class="small" aria-label="Sign out ${device(agent)}" ?disabled=${this.busy} @click=${this.#change(() => send('DELETE', `/api/account/sessions/${id}`), 'Signed out there.')}>Sign out</button>`}</td>
              </tr>`)}
          </tbody>
        </table>
      </section>`;
  }
}

/** @param {string[]} factors `amr` values */
function proofOf(factors) {
  if (factors.includes('hwk') || factors.includes('swk')) return 'passkey';
  if (factors.includes('pwd')) return 'password and code';
  if (factors.includes('otp')) return 'link or recovery code';
  return factors.length ? factors.join(', ') : 'another platform';
}

customElements.define('carnet-account', Account);
