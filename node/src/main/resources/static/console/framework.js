// SPDX-License-Identifier: Apache-2.0

/** @file The framework page: the agents and R1 to R6 with the traffic on each arrow as it happens. */

import { LitElement, html } from 'lit';
import { asProblem, getJson } from './api.js';
import { count, rate } from './format.js';
import { POINTS, figure, layout, pulse } from './framework-figure.js';
import { failed, loading } from './notice.js';
import { Stream } from './streams.js';

/** Who meets at each reference point and what passes over it (FGMV-44 clauses 8.1 to 8.5 and 8.9). */
const MEANING = {
  R1: ['Things and avatars', 'Signed updates from things reach the avatars that mirror them.', 'packs taken in', 'updates applied'],
  R2: ['Platform and trustworthy storage', 'Every act becomes a sealed record of the log before anyone is told yes.', 'records kept', 'records read'],
  R3: ['Avatar and avatar', 'Avatars share and exchange data, in one metaverse or across several.', 'in', 'out'],
  R4: ['Entities and avatars', 'Applications, world clients and digital humans read avatars and follow them.', 'requests in', 'changes out'],
  R5: ['Platform and platform', 'Metaverse platforms interact with each other directly.', 'in', 'out'],
  R6: ['Platform and external DPM', 'Data goes sealed to external processing and management, and comes back.', 'in', 'out'],
};

/** What each agent is there for (FGMV-44 clause 8.7), and which counts tell of it. */
const AGENTS = [
  ['Things agent', 'Takes in what things send, checks it against their keys and mappings.', ({ things, R1 }) => ({ things, 'packs taken in': R1?.in })],
  ['Avatar agent', 'Keeps the state of the avatars, and the policy that feeds it.', ({ avatars }) => ({ avatars })],
  ['Entity agent', 'Answers external entities that read and follow avatars.', ({ R4 }) => ({ requests: R4?.in, 'changes sent': R4?.out })],
  ['Storage agent', 'Keeps what happens in the journal, the log and the vault.', ({ records }) => ({ records })],
];

/** Rates are taken over this many messages, two seconds. */
const WINDOW = 4;
const NARROW = matchMedia('(max-width: 720px)');

class Framework extends LitElement {
  static properties = { now: { state: true }, problem: { state: true } };

  /** The last messages with the moment of their arrival, newest last. */
  #history = [];

  constructor() {
    super();
    new Stream(this, () => '/api/framework/stream', (message) => this.#take(message));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    NARROW.addEventListener('change', this.#redraw);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    NARROW.removeEventListener('change', this.#redraw);
  }

  #redraw = () => this.requestUpdate();

  #load = async () => {
    this.problem = null;
    try {
      this.node = await getJson('/api/node');
      this.#take(await getJson('/api/framework'));
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  #take(message) {
    const before = this.now;
    this.now = message;
    this.#history.push({ at: performance.now(), message });
    if (this.#history.length > WINDOW + 1) this.#history.shift();
    const picture = this.querySelector('svg.framework-figure');
    if (!before || !picture) return;
    for (const point of POINTS) {
      const [inward, outward] = ['in', 'out'].map((way) => (message[point]?.[way] ?? 0) - (before[point]?.[way] ?? 0));
      if (inward > 0 || outward > 0) pulse(picture, point, Math.max(0, inward), Math.max(0, outward));
    }
  }

  /** Per second, over the last two seconds. */
  #rate(point, way) {
    const [first, last] = [this.#history[0], this.#history.at(-1)];
    if (!first || first === last) return 0;
    const seconds = (last.at - first.at) / 1000;
    return Math.max(0, ((last.message[point]?.[way] ?? 0) - (first.message[point]?.[way] ?? 0)) / Math.max(seconds, 0.25));
  }

  render() {
    return html`
      <div class="page">
        <div>
          <h1>The reference framework, live</h1>
          <p class="lead">Every dot is data crossing a reference point of FGMV-44 on this node, now. Filled dots go towards the avatars or into the storage, hollow ones away from them.</p>
        </div>
        ${this.problem && !this.now ? failed(this.problem, this.#load) : !this.now ? loading('Waiting for the first counts …') : this.#content()}
      </div>`;
  }

  #content() {
    const used = new Set(POINTS.filter((point) => this.now[point]));
    const busy = new Set(POINTS.filter((point) => this.#rate(point, 'in') + this.#rate(point, 'out') > 0));
    const notes = {};
    for (const [point, id] of [['R1', 'thingsAgent'], ['R4', 'entityAgent'], ['R2', 'storageAgent']]) {
      notes[id] = `${rate(this.#rate(point, 'in') + this.#rate(point, 'out'))} /s`;
    }
    const { avatars = 0 } = this.now;
    return html`
      <figure class="sheet framework-sheet">
        ${figure(layout(NARROW.matches), { name: this.node?.name ?? 'this node', used, busy, notes, avatars })}
      </figure>
      <section class="sheet" aria-labelledby="points-title">
        <h2 id="points-title" class="section-title">Reference points</h2>
        <table class="cards points">
          <thead><tr>
            <th>Point</th><th>Who meets</th><th class="number">In</th><th class="number">In per second</th>
            <th class="number">Out</th><th class="number">Out per second</th>
          </tr></thead>
          <tbody>${POINTS.map((point) => this.#row(point, used.has(point)))}</tbody>
        </table>
      </section>
      ${this.#agents()}`;
  }

  #row(point, used) {
    const [who, what, inward, outward] = MEANING[point];
    const figures = (way, label) => html`
      <td class="number" data-label=${label}>${count(this.now[point][way] ?? 0)}</td>
      <td class="number" data-label="per second">${rate(this.#rate(point, way))}</td>`;
    return html`
      <tr data-point=${point} class=${used ? '' : 'unused'}>
        <th scope="row"><span class="stamp" data-tint=${used ? 'blue' : 'slate'}>${point}</span></th>
        <td class="wide"><strong>${who}</strong><br><span class="muted">${what}</span></td>
        ${used ? [figures('in', inward), figures('out', outward)] : html`<td class="wide muted" colspan="4">not in use on this node</td>`}
      </tr>`;
  }

  #agents() {
    return html`
      <section aria-labelledby="agents-title">
        <h2 id="agents-title">Agents</h2>
        <div class="agents">
          ${AGENTS.map(([title, what, counts]) => html`
            <article class="sheet agent-card">
              <h3>${title}</h3>
              <p class="muted">${what}</p>
              <dl>${Object.entries(counts(this.now)).map(([name, value]) => html`
                <div><dt>${name}</dt><dd class="number">${count(value ?? 0)}</dd></div>`)}</dl>
            </article>`)}
        </div>
      </section>`;
  }
}

customElements.define('carnet-framework', Framework);
