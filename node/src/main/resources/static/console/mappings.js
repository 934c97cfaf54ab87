// SPDX-License-Identifier: Apache-2.0

/**
 * @file Who may see what, for what purpose and until when; and the owner's pause, resume and end.
 * Shows the mappings that feed one avatar, or without `avatar` all that this node knows.
 */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getJson, post } from './api.js';
import { distance, moment, short, span, words } from './format.js';
import { failed, loading, stamp } from './notice.js';

const REFRESH = 5000;
const DONE = {
  pause: 'Paused. Nothing passes under this mapping until it is resumed.',
  resume: 'Resumed. Updates pass again from now on.',
  end: 'Ended. Nothing passes under this mapping any more.',
};

/** So many are listed at most where they are not those of one avatar. */
const MOST_LISTED = 200;

class Mappings extends LitElement {
  static properties = { avatar: {}, mappings: { state: true }, problem: { state: true }, told: { state: true }, ending: { state: true }, busy: { state: true } };

  #timer = 0;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || this.#load(), REFRESH);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('avatar') || !this.hasUpdated) this.#load();
  }

  #load = async () => {
    try {
      this.mappings = await getJson('/api/mappings', { avatar: this.avatar });
      this.problem = null;
      this.dispatchEvent(new CustomEvent('mappings', { detail: this.mappings }));
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  async #act(mapping, act) {
    this.busy = mapping.id;
    this.told = '';
    try {
      await post(`/api/mappings/${encodeURIComponent(mapping.id)}/${act}`);
      this.told = DONE[act];
      await this.#load();
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = '';
  }

  #askToEnd(mapping) {
    this.ending = mapping;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  #answered(event) {
    const mapping = this.ending;
    this.ending = null;
    if (event.target.returnValue === 'end') this.#act(mapping, 'end');
  }

  render() {
    return html`
      <section class="sheet" aria-labelledby="mappings-title">
        <h2 id="mappings-title" class="section-title">Who may see what, and until when</h2>
        ${this.problem ? failed(this.problem, this.#load) : nothing}
        ${!this.mappings ? (this.problem ? nothing : loading('Asking for the mappings …')) : this.#table()}
        <p class="told" role="status">${this.told ?? ''}</p>
      </section>
      <dialog aria-labelledby="end-title" @close=${this.#answered}>
        <h2 id="end-title">End this mapping for good?</h2>
        <p>“${this.ending?.purpose}” ends at once. What has ended cannot be resumed; the owner would have to map the thing anew.
          What is on the record stays on the record.</p>
        <form method="dialog" class="actions">
          <button value="keep" autofocus>Keep it</button>
          <button value="end" class="danger">End the mapping</button>
        </form>
      </dialog>`;
  }

  #table() {
    if (!this.mappings.length) return html`<p class="notice" data-kind="empty">There is no mapping.</p>`;
    return html`
      <table class="cards mappings">
        <thead><tr><th>Avatar, platform and purpose</th><th>What it may see</th><th>Until</th><th>Status</th><th><span class="visually-hidden">Act</span></th></tr></thead>
        <tbody>${this.mappings.slice(0, MOST_LISTED).map((mapping) => this.#row(mapping))}</tbody>
      </table>`;
  }

  #row(mapping) {
    const { platform, avatar, purpose, owner, shares, notBefore, notAfter, status, thing } = mapping;
    return html`
      <tr data-mapping=${mapping.id} data-status=${status}>
        <th scope="row" class="wide">${avatar} <span class="muted">on</span> ${platform} <span class="muted">for</span> ${purpose}
          <div class="fine">granted by ${owner || 'its owner'} · from ${notBefore ? moment(notBefore) : 'the start'} · <span class="mono" title=${thing}>${short(thing, 20, 6)}</span></div></th>
        <td class="wide" data-label="What it may see"><ul class="shares">${together(shares).map((share) => html`<li>${share}</li>`)}</ul></td>
        <td data-label="Until">${moment(notAfter)}<div class="fine">${distance(notAfter)}</div></td>
        <td data-label="Status">${stamp(status)}</td>
        <td class="wide acts">${this.#buttons(mapping)}</td>
      </tr>`;
  }

  #buttons(mapping) {
    const button = (act, word, kind, on) => html`
      <button class="small ${kind}" data-act=${act} ?disabled=${this.busy === mapping.id} @click=${on}
        aria-label="${word} the mapping for ${mapping.purpose}">${word}</button>`;
    const { status } = mapping;
    return html`
      ${status === 'active' ? button('pause', 'Pause', '', () => this.#act(mapping, 'pause')) : nothing}
      ${status === 'paused' ? button('resume', 'Resume', 'primary', () => this.#act(mapping, 'resume')) : nothing}
      ${status === 'ended' || status === 'expired' ? nothing : button('end', 'End', 'danger', () => this.#askToEnd(mapping))}`;
  }
}

/** Properties with the same precision and rate in one line: `acceleration x, y, z, to 0.01, every reading`. */
function together(shares) {
  const lines = new Map();
  for (const { property, precision, periodMillis } of shares) {
    const terms = `${precision ? `to the nearest ${precision}` : 'as sent'}, ${periodMillis ? `one every ${span(periodMillis)}` : 'every reading'}`;
    lines.set(terms, [...(lines.get(terms) ?? []), property]);
  }
  return [...lines].map(([terms, properties]) => html`<strong>${axes(properties)}</strong> <span class="muted">${terms}</span>`);
}

/** `acceleration-x`, `acceleration-y`, `acceleration-z` → `acceleration x y z`. */
function axes(properties) {
  const names = new Map();
  for (const property of properties) {
    const [, name, axis] = /^(.*?)(?:-([xyz]))?$/.exec(property);
    names.set(name, [...(names.get(name) ?? []), ...(axis ? [axis] : [])]);
  }
  return [...names].map(([name, found]) => [words(name), ...found].join(' ')).join(', ');
}

customElements.define('carnet-mappings', Mappings);
