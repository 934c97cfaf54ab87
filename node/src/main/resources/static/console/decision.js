// SPDX-License-Identifier: Apache-2.0

/** @file One decision explained: what was asked, which policies answered, and how they read. */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getJson } from './api.js';
import { count, moment, words } from './format.js';
import { failed, loading, stamp } from './notice.js';
import { may } from './session.js';

class Decision extends LitElement {
  static properties = { number: {}, problem: { state: true }, decision: { state: true }, policies: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('number')) this.#load();
  }

  #load = async () => {
    const { number } = this;
    this.decision = null;
    this.problem = null;
    try {
      const decision = await getJson(`/api/decisions/${encodeURIComponent(number)}`);
      if (may('readPolicies')) this.policies = await getJson('/api/policies');
      if (number !== this.number) return;
      this.decision = decision;
      await this.updateComplete;
      this.querySelector('h2')?.focus();
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  render() {
    return html`
      <article class="sheet entry">
        ${this.problem ? failed(this.problem, this.#load) : this.decision ? this.#content(this.decision) : loading('Asking who decided that …')}
      </article>`;
  }

  #content(one) {
    return html`
      <div class="entry-head">
        <div><p class="label">Decision</p><h2 tabindex="-1">${count(one.decision)}</h2></div>
        ${one.outcome ? stamp(one.outcome) : nothing}
        <a class="button small" href="#/access/decisions">Close</a>
      </div>
      ${one.kind === 'Summary' ? html`<p>It counts what was decided likewise again.</p>` : this.#question(one)}
      ${may('searchRecords') ? html`<p><a href="#/record/${one.decision}">It stands on the record</a>, where it can be proven.</p>` : nothing}`;
  }

  #question(one) {
    return html`
      <dl class="fields">
        <div class="wide"><dt>Who asked</dt><dd class="mono">${one.caller}</dd></div>
        <div><dt>As</dt><dd>${words(one.kind)}${one.roles?.length ? html`, ${one.roles.join(', ')}` : ', without a role'}</dd></div>
        <div><dt>When</dt><dd>${moment(one.time)}</dd></div>
        <div><dt>For what</dt><dd>${words(one.action)}</dd></div>
        <div><dt>Of what</dt><dd>${words(one.resource)}</dd></div>
        ${one.id && one.resource !== 'Node' ? html`<div class="wide"><dt>Which one</dt><dd class="mono">${one.id}</dd></div>` : nothing}
        ${one.purpose ? html`<div><dt>Purpose</dt><dd>${one.purpose}</dd></div>` : nothing}
        ${one.properties ? html`<div class="wide"><dt>Properties</dt><dd>${one.properties.map(words).join(', ')}</dd></div>` : nothing}
      </dl>
      <div>
        <p class="label">Why it was ${one.outcome}</p>
        ${one.policies.length ? html`<ul class="why">${one.policies.map((policy) => this.#policy(policy, one.version))}</ul>` : html`
          <p>No policy permits it, and what no policy permits is refused.</p>`}
        ${one.errors?.length ? html`<p class="muted">Could not be evaluated: ${one.errors.join('; ')}</p>` : nothing}
      </div>`;
  }

  #policy({ id, file, reason }, version) {
    const now = this.policies?.version === version && this.policies.policies.find((policy) => policy.id === id);
    return html`
      <li>
        <p><strong>${reason}</strong></p>
        <p class="fine"><code>${id}</code> in <code>${file}</code></p>
        ${now ? html`<details><summary>How it reads</summary><pre class="mono details" tabindex="0">${now.text}</pre></details>` : html`
          <p class="fine">${this.policies ? 'The policies were edited since.' : nothing}</p>`}
      </li>`;
  }
}

customElements.define('carnet-decision', Decision);
