// SPDX-License-Identifier: Apache-2.0

/** @file The record page: the data activity log, newest first, searchable, each record open to be verified. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asProblem, getJson } from './api.js';
import { count, moment, short, time } from './format.js';
import { empty, failed, loading, stamp } from './notice.js';
import './acks.js';
import './anchors.js';
import './consistency-view.js';
import './growth.js';
import './record-entry.js';
import './witnesses.js';

const PAGE = 40;
const REFRESH = 2000;
/** So many new ones are counted one by one when a search is on. */
const MOST_NEW = 100;
const KINDS = ['registered', 'mapped', 'received', 'applied', 'delivered', 'read', 'paused', 'resumed', 'ended', 'refused', 'started', 'deregistered',
  'erased', 'pruned', 'distrusted', 'backed_up', 'drilled', 'restored', 'anchored', 'reported', 'repaired',
  'decided', 'enrolled', 'signed_in', 'claimed', 'rotated', 'revoked', 'transferred', 'issued',
  'verified', 'signalled', 'appealed', 'governed'];

class RecordPage extends LitElement {
  static properties = {
    node: { attribute: false }, open: {}, records: { state: true }, problem: { state: true },
    fresh: { state: true }, next: { state: true }, query: { state: true }, busy: { state: true },
    acks: { state: true }, anchors: { state: true },
  };

  #timer = 0;
  /** Which search the answers belong to: late answers to an earlier one are dropped. */
  #search = 0;

  constructor() {
    super();
    this.query = { kind: '', about: '', before: '' };
    this.anchors = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || this.#look(), REFRESH);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  get #filtered() {
    return Boolean(this.query.kind || this.query.about);
  }

  #load = async () => {
    const search = ++this.#search;
    this.busy = true;
    this.problem = null;
    this.fresh = 0;
    try {
      const { records, next } = await getJson('/api/records', { ...this.query, limit: PAGE });
      if (search !== this.#search) return;
      this.records = records;
      this.next = next;
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  #older = async () => {
    const search = this.#search;
    this.busy = true;
    try {
      const { records, next } = await getJson('/api/records', { ...this.query, before: this.next, limit: PAGE });
      if (search !== this.#search) return;
      this.records = [...this.records, ...records];
      this.next = next;
    } catch (error) {
      this.problem = asProblem(error);
    }
    this.busy = false;
  };

  /** Counts what was added since, without moving the list under the reader. */
  async #look() {
    if (!this.records || this.query.before || this.problem) return;
    const search = this.#search;
    const newest = this.records[0]?.index ?? -1;
    try {
      const { kind, about } = this.query;
      const { records, size } = await getJson('/api/records', { kind, about, limit: this.#filtered ? MOST_NEW : 1 });
      if (search !== this.#search) return;
      this.fresh = this.#filtered ? records.filter(({ index }) => index > newest).length : size - 1 - newest;
    } catch {
      // The header tells that the node does not answer; the next look tries again.
    }
  }

  #submit(event) {
    event.preventDefault();
    const given = new FormData(event.target);
    this.query = { kind: given.get('kind'), about: given.get('about').trim(), before: given.get('before').trim() };
    this.#load();
  }

  #clear(event) {
    event.target.form.reset();
    this.query = { kind: '', about: '', before: '' };
    this.#load();
  }

  render() {
    return html`
      <div class="page">
        <div>
          <h1>The record</h1>
          <p class="lead">Whatever is done with data here is a record of an append-only log, before anyone can act on it. Open a record to see what it
            says, and let this browser check that it stands in the log that the node signed.</p>
        </div>
        <carnet-acks @acks=${({ detail }) => (this.acks = detail)}></carnet-acks>
        ${this.#form()}
        <div class=${this.open ? 'record-split open' : 'record-split'}>
          ${this.open ? html`<carnet-record-entry .node=${this.node} .index=${this.open} .acks=${this.acks}></carnet-record-entry>` : this.#kept()}
          <div class="record-list">${this.#list()}</div>
        </div>
      </div>`;
  }

  /** How the record is kept: what others vouch for, what it takes, and the means to check it. */
  #kept() {
    return html`
      <aside class="kept" aria-label="How the record is kept" @anchors=${({ detail }) => (this.anchors = detail)}>
        <carnet-witnesses .acks=${this.acks}></carnet-witnesses>
        <carnet-consistency .node=${this.node} .acks=${this.acks} .anchors=${this.anchors}></carnet-consistency>
        <carnet-growth></carnet-growth>
        <carnet-anchors></carnet-anchors>
      </aside>`;
  }

  #form() {
    return html`
      <form class="sheet search" role="search" aria-label="The record" @submit=${this.#submit}>
        <div class="field"><label class="label" for="kind">Kind</label>
          <select id="kind" name="kind" @change=${(event) => event.target.form.requestSubmit()}>
            <option value="">every kind</option>
            ${KINDS.map((kind) => html`<option value=${kind}>${kind}</option>`)}
          </select></div>
        <div class="field about"><label class="label" for="about">About</label>
          <input id="about" name="about" type="search" placeholder="an avatar's name or a thing's DID" autocomplete="off" spellcheck="false"></div>
        <div class="field before"><label class="label" for="before">Before record</label>
          <input id="before" name="before" inputmode="numeric" pattern="[0-9]*" placeholder="newest" autocomplete="off"></div>
        <div class="search-acts">
          <button class="primary">Search</button>
          ${this.#filtered || this.query.before ? html`<button type="button" class="quiet" @click=${this.#clear}>Clear</button>` : nothing}
        </div>
      </form>`;
  }

  #list() {
    if (this.problem) return failed(this.problem, this.#load);
    if (!this.records) return loading('Reading the record …');
    const fresh = this.fresh > 0 ? html`<button class="fresh" @click=${this.#load}>${this.#filtered && this.fresh >= MOST_NEW ? `${MOST_NEW} or more` : count(this.fresh)} new</button>` : nothing;
    const older = this.next ? html`<button ?disabled=${this.busy} @click=${this.#older}>Older records</button>` : nothing;
    if (!this.records.length) {
      const why = !this.#filtered ? 'The log is still empty.' : this.next ? `Not among those since record ${count(this.next)}.` : 'No such record is about that. Names are matched exactly.';
      return html`${fresh}${empty('Nothing found', why)}<div class="older">${older}</div>`;
    }
    return html`
      <div class="fresh-place">${fresh}</div>
      <div class="sheet">
        <table class="records">
          <thead><tr><th class="number">Record</th><th>Kind</th><th>Time</th><th class="more">About</th><th class="more">In short</th></tr></thead>
          <tbody>${repeat(this.records, ({ index }) => index, (record) => this.#row(record))}</tbody>
        </table>
      </div>
      <div class="older">${this.next ? older : html`<span class="muted">That is all.</span>`}</div>`;
  }

  #row({ index, kind, time: at, about, details }) {
    const current = String(index) === this.open;
    return html`
      <tr data-index=${index} aria-current=${current ? 'true' : nothing} @click=${() => (location.hash = `#/record/${index}`)}>
        <th scope="row" class="number"><a href="#/record/${index}" @click=${(event) => event.stopPropagation()}>${count(index)}</a></th>
        <td>${stamp(kind)}</td>
        <td class="number at" title=${moment(at)}>${time(at)}</td>
        <td class="more mono">${/^0+$/.test(about) ? '' : short(about, 8, 4)}</td>
        <td class="more brief">${brief(details)}</td>
      </tr>`;
  }
}

/** The first plain facts of the details, as many as fit in a line. */
function brief(details) {
  if (!details || typeof details !== 'object') return '';
  return Object.entries(details)
    .filter(([, value]) => typeof value !== 'object')
    .slice(0, 3)
    .map(([name, value]) => `${name} ${short(String(value), 22, 4)}`)
    .join(' · ');
}

customElements.define('carnet-record', RecordPage);
