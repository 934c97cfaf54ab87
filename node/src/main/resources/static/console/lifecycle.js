// SPDX-License-Identifier: Apache-2.0

/** @file What becomes of a device: lost and found, its key revoked, handed over, taken out of service. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { send } from './api.js';
import { moment } from './format.js';
import { done, failed } from './notice.js';
import { sure } from './sure.js';

const QUESTIONS = {
  lost: { title: 'Report it lost?', text: 'Nothing that it sends is taken until you find it, or give it another key.', yes: 'It is lost' },
  revoke: { title: 'Revoke its key for good?', text: 'Nothing that is signed with this key counts any more. Only another key brings the device back.', yes: 'Revoke the key' },
  decommission: { title: 'Take it out of service for good?', text: 'Its mappings end, and it is never registered here again. What is on the record stays.', yes: 'Take it out of service' },
};

const DONE = {
  lost: 'Reported lost. Nothing that it sends is taken.',
  found: 'Found. It may send again.',
  revoke: 'Its key is revoked.',
  decommission: 'It is out of service.',
};

class Lifecycle extends Acting {
  static properties = { thing: { attribute: false }, offer: { state: true } };

  get #path() {
    return `/api/things/${this.thing.thingDescription.id}`;
  }

  async #act(act) {
    if (QUESTIONS[act] && !(await sure(QUESTIONS[act]))) return;
    if (await this.attempt(() => send('POST', `${this.#path}/${act}`), DONE[act])) this.dispatchEvent(new Event('changed', { bubbles: true }));
  }

  #hand = (event) => {
    event.preventDefault();
    const to = new FormData(event.target).get('to').trim();
    this.attempt(async () => {
      this.offer = await send('POST', `${this.#path}/hand-over`, { to });
    });
  };

  #withdraw = () => this.attempt(async () => {
    await send('DELETE', `${this.#path}/hand-over`);
    this.offer = null;
  }, 'Withdrawn. It is offered to nobody.');

  render() {
    const { standing = 'active', thingDescription: about } = this.thing;
    const name = about.title ?? 'the thing';
    const button = (act, word, kind = '') => html`
      <button class="small ${kind}" data-act=${act} aria-label="${word}: ${name}" ?disabled=${this.busy} @click=${() => this.#act(act)}>${word}</button>`;
    return html`
      <section aria-label="What becomes of ${name}">
        ${this.problem ? failed(this.problem) : nothing}
        ${done(this.told)}
        ${standing === 'revoked' ? html`<p class="muted">Its key is revoked. With another key, which it has to prove, it comes back.</p>` : nothing}
        <div class="actions">
          ${standing === 'active' ? button('lost', 'I lost it') : nothing}
          ${standing === 'lost' ? button('found', 'I found it', 'primary') : nothing}
          ${standing === 'revoked' ? nothing : button('revoke', 'Revoke its key', 'danger')}
          ${button('decommission', 'Take it out of service', 'danger')}
        </div>
        ${standing === 'active' ? this.#handOver(name) : nothing}
      </section>`;
  }

  #handOver(name) {
    if (this.offer) {
      const { code, to, until } = this.offer;
      return html`
        <div class="offer">
          <p class="label">Shown only now</p>
          <p>Tell ${to}, and nobody else, this code; with it and the device in hand, ${to} takes it over until ${moment(until)}.
            From then on it is not yours. What it told until then stays yours.</p>
          <p><code class="key">${code}</code></p>
          <div><button class="small" ?disabled=${this.busy} @click=${this.#withdraw}>Withdraw the offer</button></div>
        </div>`;
    }
    const id = `to-${this.thing.thingDescription.id.slice(-12)}`;
    return html`
      <details>
        <summary>Hand it over to somebody else</summary>
        <form @submit=${this.#hand}>
          <div class="field"><label class="label" for=${id}>To whom</label>
            <input id=${id} name="to" required maxlength="64" placeholder="the name of an account" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
          <div><button ?disabled=${this.busy} aria-label="Offer ${name}">Offer it</button></div>
        </form>
      </details>`;
  }
}

customElements.define('carnet-lifecycle', Lifecycle);
