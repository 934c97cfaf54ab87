// SPDX-License-Identifier: Apache-2.0

/** @file Signs of fraud: what was noticed, why, what follows from it; the owner's confirmation and the operator's decision. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson, send } from './api.js';
import { distance, moment, short, words } from './format.js';
import { done, empty, failed, loading, stamp } from './notice.js';
import { account, may } from './session.js';

const PAGE = 50;
const REFRESH = 3000;

/** What follows, in a sentence. */
const EFFECTS = {
  noted: 'Nothing follows yet; somebody should know.',
  'step-up': 'Its owner is to confirm it.',
  suspended: 'Nothing is taken from it until somebody lifts that.',
};

class Signals extends Acting {
  static properties = { signals: { state: true }, more: { state: true }, deciding: { state: true } };

  #timer = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || this.#look(), REFRESH);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  /** Takes in what was noticed or decided since, without moving what somebody reads or writes. */
  async #look() {
    if (!this.signals || this.busy) return;
    try {
      const newest = await getJson('/api/signals', { limit: PAGE });
      const known = new Map([...this.signals, ...newest].map((signal) => [signal.id, signal]));
      this.signals = [...known.values()].sort((one, other) => other.id - one.id);
    } catch {
      // The header tells that the node does not answer; the next look tries again.
    }
  }

  #load = () => this.attempt(async () => this.#page());

  async #page(before) {
    const page = await getJson('/api/signals', { before, limit: PAGE });
    this.signals = [...(before ? this.signals : []), ...page];
    this.more = page.length === PAGE;
  }

  #take(changed) {
    this.signals = this.signals.map((one) => (one.id === changed.id ? changed : one));
  }

  #confirm = (signal) => this.attempt(async () => this.#take(await send('POST', `/api/signals/${signal.id}/confirm`)),
    'Confirmed: it is yours, and you said so with a fresh proof.');

  #decide = (signal) => (event) => {
    event.preventDefault();
    const why = new FormData(event.target).get('why').trim();
    const decision = event.submitter.value;
    this.attempt(async () => {
      this.#take(await send('POST', `/api/signals/${signal.id}/appeal`, { decision, why }));
      this.deciding = 0;
    }, decision === 'lift' ? 'Lifted. It holds no more from the next update on.' : 'Upheld. The party stays suspended.');
  };

  render() {
    return html`
      <div class="page">
        <div>
          <h1>Signs of fraud</h1>
          <p class="lead">What looks as if somebody used an identity that is not theirs: a key in two places, impossible motion, a watch that another
            person wears. ${may('readSignal') ? 'You see all of them.' : 'You see what concerns you, and what is yours.'}</p>
        </div>
        ${this.problem ? failed(this.problem, this.signals ? undefined : this.#load) : nothing}
        ${done(this.told)}
        ${this.signals ? this.#list() : this.problem ? nothing : loading('Asking what was noticed …')}
      </div>`;
  }

  #list() {
    if (!this.signals.length) return empty('Nothing was noticed', 'That nothing looks like fraud does not prove that there is none.');
    return html`
      <ul class="signals">${this.signals.map((signal) => this.#signal(signal))}</ul>
      ${this.more ? html`<div class="older"><button ?disabled=${this.busy} @click=${() => this.attempt(() => this.#page(this.signals.at(-1).id))}>Older ones</button></div>` : nothing}`;
  }

  #signal(signal) {
    const { id, sort, party, rule, reasons, owner, joint, effect, state, raised, due, decision } = signal;
    const holds = state === 'open' || state === 'upheld';
    return html`
      <li class="sheet slip" data-signal=${id} data-state=${state} data-effect=${effect}>
        <div class="signal-head">
          <div>
            <h2>${words(rule)}</h2>
            <p class="fine">${sort} <span class="mono" title=${party}>${short(party, 24, 6)}</span> of ${owner} · ${moment(raised)}
              ${may('searchRecords') ? html`· <a href="#/record/${id}">on the record</a>` : nothing}</p>
          </div>
          <div>${stamp(effect)}${state === 'open' ? nothing : stamp(state)}</div>
        </div>
        <ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
        <p class="score"><meter min="0" max="1" value=${joint} aria-label="Score">${joint}</meter>
          <span class="muted">All that speaks against it comes to ${joint.toFixed(2)} of 1. ${holds ? EFFECTS[effect] : 'It holds no more.'}
            ${due && state === 'open' ? html`If nobody does, it is suspended ${distance(due)}.` : nothing}</span></p>
        ${decision ? html`<p>${words(state)} by <strong>${decision.by}</strong>, ${moment(decision.at)}: ${decision.why}</p>` : nothing}
        ${this.#acts(signal, holds)}
      </li>`;
  }

  #acts(signal, holds) {
    const { id, owner, effect, state } = signal;
    if (this.deciding === id) return this.#appeal(signal);
    const own = owner === account();
    const confirms = own && effect === 'step-up' && state === 'open';
    const decides = !own && holds && may('answerAppeal');
    return html`
      <div class="actions">
        ${confirms ? html`<button class="primary" ?disabled=${this.busy} @click=${() => this.#confirm(signal)}>It is mine: confirm it</button>` : nothing}
        ${decides ? html`<button ?disabled=${this.busy} @click=${() => (this.deciding = id)}>Decide about it</button>` : nothing}
        ${own && holds && !confirms ? html`<p class="muted">An operator or a moderator can lift it; nobody answers an appeal of their own.</p>` : nothing}
      </div>`;
  }

  #appeal(signal) {
    return html`
      <form @submit=${this.#decide(signal)}>
        <div class="field"><label class="label" for="why-${signal.id}">Why</label>
          <textarea id="why-${signal.id}" name="why" rows="2" maxlength="500" required aria-describedby="why-rule-${signal.id}"></textarea>
          <p id="why-rule-${signal.id}" class="muted small">It goes on the record, and its owner reads it.</p></div>
        <div class="actions">
          <button class="primary" value="lift" ?disabled=${this.busy}>Lift it</button>
          <button class="danger" value="uphold" ?disabled=${this.busy}>Uphold it</button>
          <button type="button" class="quiet" @click=${() => (this.deciding = 0)}>Leave it</button>
        </div>
      </form>`;
  }
}

customElements.define('carnet-signals', Signals);
