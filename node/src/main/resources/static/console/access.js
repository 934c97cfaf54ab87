// SPDX-License-Identifier: Apache-2.0

/** @file Who may do what here: decisions with their reasons, the policies behind them, people, and other platforms. */

import { LitElement, html, nothing } from 'lit';
import { asProblem } from './api.js';
import { failed, loading } from './notice.js';
import { may } from './session.js';

const PARTS = {
  decisions: { title: 'Decisions', action: 'listDecisions', show: (open) => html`<carnet-decisions .open=${open}></carnet-decisions>` },
  policies: { title: 'Policies', action: 'readPolicies', show: (open) => html`<carnet-policies .open=${open}></carnet-policies>` },
  people: { title: 'People', action: 'listAccounts', show: () => html`<carnet-people></carnet-people>` },
  platforms: { title: 'Platforms', action: 'verifyCredential', show: () => html`<carnet-platforms></carnet-platforms>` },
};

class Access extends LitElement {
  static properties = { part: {}, open: {}, ready: { state: true }, problem: { state: true } };

  createRenderRoot() {
    return this;
  }

  get #part() {
    return this.part in PARTS ? this.part : 'decisions';
  }

  willUpdate(changed) {
    if (changed.has('part') || !this.hasUpdated) this.#load(this.#part);
  }

  async #load(part) {
    this.problem = null;
    try {
      await import(`./${part}.js`);
      this.ready = part;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  render() {
    const part = this.#part;
    return html`
      <div class="page">
        <nav class="parts" aria-label="Access">
          ${Object.entries(PARTS).filter(([, { action }]) => may(action)).map(([name, { title }]) => html`
            <a href="#/access/${name}" aria-current=${name === part ? 'page' : nothing}>${title}</a>`)}
        </nav>
        ${this.problem ? failed(this.problem) : this.ready === part ? PARTS[part].show(this.open) : loading('Opening …')}
      </div>`;
  }
}

customElements.define('carnet-access', Access);
