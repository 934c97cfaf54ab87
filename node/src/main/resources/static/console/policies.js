// SPDX-License-Identifier: Apache-2.0

/** @file The policies in force: what each permits or forbids, and why; and what became of the last edit. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson } from './api.js';
import { count, distance, moment, short } from './format.js';
import { empty, failed, loading, stamp } from './notice.js';
import { Poll } from './poll.js';

const REFRESH = 5000;

class PolicyPage extends Acting {
  static properties = { set: { state: true }, sought: { state: true } };

  #poll = new Poll(this, REFRESH, async () => {
    this.set = await getJson('/api/policies');
  });

  constructor() {
    super();
    this.sought = '';
  }

  render() {
    if (!this.set) return this.problem ? failed(this.problem, this.#poll.now) : loading('Reading the policies …');
    const { version, since, faults, policies } = this.set;
    return html`
      <div>
        <h1>Policies</h1>
        <p class="lead">Nobody may do anything unless one of these permits it, and what one forbids no other permits. They are files of the node;
          an edit is taken over as a whole, once it is valid and answers as its own test cases expect.</p>
      </div>
      ${this.problem ? failed(this.problem, this.#poll.now) : nothing}
      ${faults.length ? html`
        <div class="sheet notice" data-kind="problem" role="alert">
          <h2>The last edit is not in force</h2>
          <p>The policies below still are. What is wrong with the files:</p>
          <ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>
        </div>` : nothing}
      <div class="sheet slip policies-head">
        <dl class="times">
          <div><dt>In force</dt><dd>${count(policies.length)} policies</dd></div>
          <div><dt>Taken over</dt><dd title=${moment(since)}>${distance(since)}</dd></div>
          <div><dt>Version</dt><dd class="mono" title=${version}>${short(version, 12, 0)}</dd></div>
        </dl>
        <div class="field"><label class="label" for="sought">Find</label>
          <input id="sought" type="search" placeholder="a word of a reason, a role, an action" autocomplete="off" spellcheck="false"
            @input=${(event) => (this.sought = event.target.value.trim().toLowerCase())}></div>
      </div>
      ${this.#files(policies.filter((policy) => Object.values(policy).join(' ').toLowerCase().includes(this.sought)))}`;
  }

  #files(policies) {
    if (!policies.length) return empty('Nothing found', 'No policy speaks of that; what no policy permits is refused.');
    const files = Map.groupBy(policies, ({ file }) => file);
    return html`
      ${[...files].map(([file, rules]) => html`
        <section class="sheet slip" aria-labelledby="file-${file}">
          <h2 id="file-${file}">${file.replace(/\.cedar$/, '')}</h2>
          <ul class="why">${rules.map(({ id, effect, reason, text }) => html`
            <li data-policy=${id}>
              <p>${stamp(effect)} <strong>${reason}</strong></p>
              <details><summary><code>${id}</code></summary><pre class="mono details" tabindex="0">${text}</pre></details>
            </li>`)}</ul>
        </section>`)}`;
  }
}

customElements.define('carnet-policies', PolicyPage);
