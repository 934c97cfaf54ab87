// SPDX-License-Identifier: Apache-2.0

/** @file The checkpoints that a contract on a chain keeps, where nobody can take them back. */

import { LitElement, html, nothing } from 'lit';
import { getJson } from './api.js';
import { count, moment, short } from './format.js';
import { failed } from './notice.js';
import { panel } from './panel.js';
import { Poll } from './poll.js';

const REFRESH = 30_000;
const SHOWN = 5;

class Anchors extends LitElement {
  static properties = { page: { state: true }, problem: { state: true }, all: { state: true } };

  #poll = new Poll(this, REFRESH, async () => {
    this.page = await getJson('/anchors');
    this.dispatchEvent(new CustomEvent('anchors', { detail: this.page.anchors, bubbles: true }));
  });

  createRenderRoot() {
    return this;
  }

  render() {
    const { anchors = [], chain, contract, trouble } = this.page ?? {};
    if (this.page && !anchors.length) {
      const why = chain === undefined ? 'This node anchors no checkpoints on a chain.' : 'No checkpoint is anchored on the chain yet.';
      return html`<p class="muted no-anchors">${why} ${trouble ?? ''}</p>`;
    }
    return panel('Anchors', anchors.length ? `${count(anchors[0].size)} records anchored` : '…', html`
        ${this.problem ? failed(this.problem, this.#poll.now) : nothing}
        ${trouble ? html`<p class="fine">${trouble}</p>` : nothing}
        <p class="fine">On chain ${chain}, by the contract <code>${contract}</code></p>
        <ol class="anchors">${anchors.slice(0, this.all ? anchors.length : SHOWN).map((anchor) => html`
          <li><strong class="number">${count(anchor.size)}</strong> records in block <span class="number">${count(anchor.block)}</span>
            <p class="fine">${moment(anchor.time)} · <code title=${anchor.transaction}>${short(anchor.transaction, 10, 6)}</code></p></li>`)}
        </ol>
        ${anchors.length > SHOWN && !this.all ? html`<button class="small quiet" @click=${() => (this.all = true)}>All ${count(anchors.length)}</button>` : nothing}`);
  }
}

customElements.define('carnet-anchors', Anchors);
