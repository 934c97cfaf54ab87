// SPDX-License-Identifier: Apache-2.0

/** @file Where a device becomes mine, by the code that it shows. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson, send } from './api.js';
import { moment } from './format.js';
import { done, failed } from './notice.js';

/** What its debug interface does (RFC 9711 clause 4.2.9), in words. */
const DEBUG = {
  enabled: 'open',
  disabled: 'closed',
  'disabled-since-boot': 'closed since it started',
  'disabled-permanently': 'closed for good',
  'disabled-fully-and-permanently': 'closed for good, also to its maker',
};

class Claim extends Acting {
  static properties = { device: { state: true } };

  #code = '';

  #look = (event) => {
    event.preventDefault();
    this.attempt(async () => {
      this.#code = new FormData(event.target).get('code').trim();
      this.device = await getJson(`/api/claims/${encodeURIComponent(this.#code)}`);
    });
  };

  #claim = async () => {
    const { maker } = this.device;
    const claimed = () => send('POST', `/api/claims/${encodeURIComponent(this.#code)}`);
    if (!(await this.attempt(claimed, `The device by ${maker} is yours.`))) return;
    this.#leave();
    this.dispatchEvent(new Event('changed', { bubbles: true }));
  };

  #leave = () => {
    this.#code = '';
    this.device = null;
  };

  render() {
    return html`
      <section class="sheet claim" aria-labelledby="claim-title">
        <h2 id="claim-title">${this.device ? 'Is this your device?' : 'Add a device'}</h2>
        ${this.problem ? failed(this.problem) : nothing}
        ${done(this.told)}
        ${this.device ? this.#answer() : this.#question()}
      </section>`;
  }

  #question() {
    return html`
      <p>A device that its maker vouches for shows a code when it asks for its owner. Type that code, and see what it is before it is yours.</p>
      <form @submit=${this.#look}>
        <div class="field">
          <label class="label" for="claim-code">Code</label>
          <input id="claim-code" name="code" class="code" .value=${this.#code} autocomplete="off" autocapitalize="characters" spellcheck="false"
            maxlength="20" placeholder="BCDF-GHJK" required>
        </div>
        <div><button ?disabled=${this.busy}>Look at it</button></div>
      </form>`;
  }

  #answer() {
    const { maker, serialNumber, software, softwareVersion, secureBoot, debug, fingerprint, until } = this.device;
    return html`
      <dl class="fields">
        <div><dt>Maker</dt><dd>${maker}</dd></div>
        <div><dt>Serial number</dt><dd class="mono">${serialNumber}</dd></div>
        ${software ? html`<div><dt>Software</dt><dd>${software} ${softwareVersion ?? ''}</dd></div>` : nothing}
        ${secureBoot === undefined ? nothing : html`<div><dt>Starts only software of its maker</dt><dd>${secureBoot ? 'yes' : 'no'}</dd></div>`}
        ${debug ? html`<div><dt>Debug interface</dt><dd>${DEBUG[debug] ?? debug}</dd></div>` : nothing}
        <div class="wide"><dt>Fingerprint of what its maker gave it</dt><dd class="mono">${fingerprint}</dd></div>
      </dl>
      <p class="warning">Only say so if you have it before you and it shows <strong class="mono">${this.#code.toUpperCase()}</strong>.
        The code is good until ${moment(until)}.</p>
      <div class="actions">
        <button class="primary" ?disabled=${this.busy} @click=${this.#claim}>It is mine</button>
        <button class="quiet" ?disabled=${this.busy} @click=${this.#leave}>Leave it</button>
      </div>`;
  }
}

customElements.define('carnet-claim', Claim);
