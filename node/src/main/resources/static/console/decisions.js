// SPDX-License-Identifier: Apache-2.0

/** @file Who allowed what, and why: every answer of the gate that is on the record, newest first. */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getJson } from './api.js';
import { count, moment, short, words } from './format.js';
import { empty, failed, loading, stamp } from './notice.js';
import './decision.js';

const PAGE = 40;
const NOTHING = { caller: '', action: '', outcome: '' };

class Decisions extends LitElement {
  static properties = { open: {}, problem: { state: true }, busy: { state: true }, decisions: { state: true }, next: { state: true }, query: { state: true } };

  /** Which search the answers belong to. */
  #search = 0;

  constructor() {
    super();
    this.query = NOTHING;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = () => this.#ask();

  #older = () => this.#ask(this.next);

  /** A new search does not wait for the answer to an earlier one, which is dropped. @param {number} [before] */
  async #ask(before) {
    const search = ++this.#search;
    this.busy = true;
    this.problem = null;
    try {
      const { decisions, next } = await getJson('/api/decisions', { ...this.query, before, limit: PAGE });
      if (search !== this.#search) return;
      this.decisions = before === undefined ? decisions : [...this.decisions, ...decisions];
      this.next = next;
    } catch (error) {
      if (search === this.#search) this.problem = asProblem(error);
    }
    this.busy = false;
  }

  #submit = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    this.query = { caller: given.caller.trim(), action: given.action.trim(), outcome: given.outcome };
    this.#load();
  };

  #clear = (event) => {
    event.target.form.reset();
    this.query = NOTHING;
    this.#load();
  };

  render() {
    return html`
      <div>
        <h1>Decisions</h1>
        <p class="lead">Whatever anybody asks of this node, its policies decide, and the answer is on the record with the reason. You see
          those that you may have explained: your own, or everybody's if it is for you to know. What equals an earlier answer within an hour is counted with it.</p>
      </div>
      ${this.#form()}
      <div class=${this.open ? 'record-split open' : nothing}>
        ${this.open ? html`<carnet-decision .number=${this.open}></carnet-decision>` : nothing}
        <div class="record-list">${this.#list()}</div>
      </div>`;
  }

  #form() {
    const filtered = Object.values(this.query).some(Boolean);
    return html`
      <form class="sheet search decisions-search" role="search" aria-label="Decisions" @submit=${this.#submit}>
        <div class="field"><label class="label" for="caller">Who asked</label>
          <input id="caller" name="caller" type="search" placeholder="anybody" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
        <div class="field"><label class="label" for="action">For what</label>
          <input id="action" name="action" type="search" placeholder="anything, such as readAvatar" autocomplete="off" autocapitalize="none" spellcheck="false"></div>
        <div class="field"><label class="label" for="outcome">Answer</label>
          <select id="outcome" name="outcome" @change=${(event) => event.target.form.requestSubmit()}>
            <option value="">either</option><option value="permitted">permitted</option><option value="refused">refused</option>
          </select></div>
        <div class="search-acts">
          <button class="primary">Search</button>
          ${filtered ? html`<button type="button" class="quiet" @click=${this.#clear}>Clear</button>` : nothing}
        </div>
      </form>`;
  }

  #list() {
    if (this.problem) return failed(this.problem, this.#load);
    if (!this.decisions) return loading('Searching the record …');
    const older = this.next ? html`<button ?disabled=${this.busy} @click=${this.#older}>Older decisions</button>` : html`<span class="muted">That is all.</span>`;
    if (!this.decisions.length) {
      return html`${empty('Nothing found', this.next ? `Not among those since record ${count(this.next)}.` : 'No such decision is on the record.')}
        <div class="older">${this.next ? older : nothing}</div>`;
    }
    return html`
      <div class="sheet">
        <table class="cards decisions">
          <thead><tr><th>Who asked</th><th>For what</th><th>Answer</th><th class="reason">Why</th></tr></thead>
          <tbody>${this.decisions.map((one) => (one.kind === 'Summary' ? this.#summary(one) : this.#row(one)))}</tbody>
        </table>
      </div>
      <div class="older">${older}</div>`;
  }

  #row({ decision, time, caller, action, resource, id, outcome, policies = [] }) {
    const current = String(decision) === this.open;
    return html`
      <tr data-decision=${decision} data-outcome=${outcome} aria-current=${current ? 'true' : nothing}>
        <th scope="row" class="wide"><span title=${caller}>${short(caller, 20, 6)}</span><div class="fine">${moment(time)}</div></th>
        <td data-label="For what"><a href="#/access/decisions/${decision}">${words(action)}</a>
          <div class="fine">${words(resource)} ${id && resource !== 'Node' ? html`<span title=${id}>${short(id, 16, 6)}</span>` : nothing}</div></td>
        <td data-label="Answer">${stamp(outcome)}</td>
        <td class="wide reason" data-label="Why">${policies.length ? policies.map(({ reason }) => reason).join(' ') : 'No policy permits it.'}</td>
      </tr>`;
  }

  #summary({ decision, caller, from, until, counted }) {
    return html`
      <tr data-decision=${decision}>
        <th scope="row" class="wide"><span title=${caller}>${short(caller, 20, 6)}</span><div class="fine">${moment(from)} to ${moment(until)}</div></th>
        <td class="wide" colspan="3" data-label="Counted">
          <ul class="counted">${counted.map(({ action, outcome, times, like }) => html`
            <li>${words(action)}, ${outcome} <span class="number">${count(times)}</span> times more${like === undefined ? nothing : html`, <a href="#/access/decisions/${like}">like this one</a>`}</li>`)}</ul>
        </td>
      </tr>`;
  }
}

customElements.define('carnet-decisions', Decisions);
