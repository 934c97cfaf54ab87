// SPDX-License-Identifier: Apache-2.0

/** @file The counter: asks for the token that the node printed at its first start. */

import { LitElement, html, nothing } from 'lit';
import { remember } from './session.js';

class Token extends LitElement {
  static properties = { refused: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  #give(event) {
    event.preventDefault();
    const value = new FormData(event.target).get('token').trim();
    if (!value) return;
    remember(value);
    this.dispatchEvent(new CustomEvent('token'));
  }

  render() {
    return html`
      <section class="sheet counter">
        <div>
          <p class="label">Console</p>
          <h1>Present your token</h1>
        </div>
        <p>This console opens with the node's token. The node printed it once, at its first start; it also stood behind
          <code>#token=</code> in the address that the node printed.</p>
        <form @submit=${this.#give}>
          <div class="field">
            <label class="label" for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required
              aria-describedby="kept" aria-invalid=${this.refused ? 'true' : nothing}>
          </div>
          ${this.refused ? html`<p role="alert"><span class="stamp" data-tint="red">refused</span> ${this.refused.detail || this.refused.title}</p>` : nothing}
          <div><button class="primary">Open the console</button></div>
        </form>
        <p id="kept" class="muted">It is kept in this tab only, until the tab is closed, and is sent to this node only.</p>
      </section>`;
  }
}

customElements.define('carnet-token', Token);
