// SPDX-License-Identifier: Apache-2.0

/** @file Lets a visitor pick two checkpoints and have this browser check that one grew from the other. */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getText, request } from './api.js';
import { compare, tilesFrom } from './consistency.js';
import { count, short, time } from './format.js';
import { ed25519Key } from './log-keys.js';
import { failed, stamp } from './notice.js';
import { panel } from './panel.js';

const NOT_FOUND = 404;
const EXAMPLE = 'carnet.example/log\n1204\nroot…\n\n— carnet.example/log signature…';

class Consistency extends LitElement {
  static properties = {
    node: { attribute: false }, acks: { attribute: false }, anchors: { attribute: false },
    first: { state: true }, one: { state: true }, other: { state: true },
    steps: { state: true }, problem: { state: true }, busy: { state: true },
  };

  constructor() {
    super();
    this.anchors = [];
    this.one = 'first';
    this.other = 'newest';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#remember();
  }

  /** The first checkpoint that this tab sees is kept for its whole session: whatever the log shows later must go on from it. */
  async #remember() {
    const name = `carnet-checkpoint ${this.node.origin}`;
    try {
      if (!sessionStorage.getItem(name)) {
        sessionStorage.setItem(name, JSON.stringify({ note: await getText('/checkpoint'), at: Date.now() }));
      }
      this.first = JSON.parse(sessionStorage.getItem(name));
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  /** What can be picked: the name of it, and what it is called. */
  #choices() {
    const witnessed = this.acks?.acks.find(({ level }) => level === 'witnessed')?.size;
    return [
      ...(this.first ? [['first', `first seen here, at ${time(this.first.at)}`]] : []),
      ['newest', 'the newest'],
      ...(witnessed ? [['witnessed', 'the newest that is witnessed']] : []),
      ...this.anchors.map(({ size, block }, i) => [`anchor ${i}`, `anchored in block ${count(block)}`]),
      ['pasted', 'one that I paste'],
    ];
  }

  #note(choice, which) {
    switch (choice) {
      case 'first':
        return this.first.note;
      case 'newest':
        return getText('/checkpoint');
      case 'witnessed':
        return getText('/checkpoint.witnessed');
      case 'pasted':
        return pasted(this.querySelector(`textarea[name=${which}-note]`).value);
      default:
        return this.anchors[Number(choice.split(' ')[1])].checkpoint;
    }
  }

  async #verify(event) {
    event.preventDefault();
    this.steps = [];
    this.problem = null;
    this.busy = true;
    try {
      const notes = await Promise.all([this.#note(this.one, 'one'), this.#note(this.other, 'other')]);
      const vkey = await getText('/log.vkey').then(ed25519Key);
      for await (const step of compare(notes, vkey, tilesFrom(fetchBytes))) this.steps = [...this.steps, step];
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  render() {
    const verdict = this.steps?.find(({ act }) => act === 'verdict');
    return panel('Two checkpoints', verdict ? (verdict.ok ? 'consistent' : 'refused') : '', html`
        <p class="muted">Did the log only grow between them? This browser fetches the tiles, computes the proof and checks the log's signatures itself.</p>
        <form class="consistency" @submit=${this.#verify}>
          ${this.#choice('one', 'From')}
          ${this.#choice('other', 'To')}
          <div><button class="primary" ?disabled=${this.busy}>Verify consistency</button></div>
        </form>
        ${this.problem ? failed(this.problem) : nothing}
        ${this.steps?.length ? html`<ol class="checks" aria-label="Steps of the check">${this.steps.map(step)}</ol>` : nothing}
        <div role="status">${verdict ? conclusion(verdict) : nothing}</div>`);
  }

  #choice(which, label) {
    return html`
      <div class="field"><label class="label" for="checkpoint-${which}">${label}</label>
        <select id="checkpoint-${which}" name=${which} @change=${(event) => (this[which] = event.target.value)}>
          ${this.#choices().map(([value, text]) => html`<option value=${value} ?selected=${value === this[which]}>${text}</option>`)}
        </select></div>
      ${this[which] === 'pasted' ? html`
        <div class="field"><label class="label" for="note-${which}">A signed checkpoint</label>
          <textarea id="note-${which}" name="${which}-note" class="mono" rows="6" spellcheck="false" placeholder=${EXAMPLE} required></textarea></div>` : nothing}`;
  }
}

/** A note ends with a newline, which is easily lost on the way. */
const pasted = (text) => `${text.replaceAll('\r\n', '\n').trimEnd()}\n`;

async function fetchBytes(path) {
  try {
    return new Uint8Array(await (await request(`/${path}`)).arrayBuffer());
  } catch (error) {
    if (error.status === NOT_FOUND) return null;
    throw error;
  }
}

const records = (size) => (size === 1 ? '1 record' : `${count(size)} records`);

function step(told) {
  switch (told.act) {
    case 'signed':
      return html`<li>The checkpoint of ${records(told.size)} is signed with the key of ${told.by}.</li>`;
    case 'root':
      return html`<li>The tiles give its root of ${records(told.size)}: <code title=${told.root}>${short(told.root, 8, 5)}</code></li>`;
    case 'proof':
      return html`<li>The proof between them, ${told.hashes === 1 ? '1 hash' : `${told.hashes} hashes`}, holds.</li>`;
    default:
      return told.ok ? nothing : html`<li class="wrong">${told.why.charAt(0).toUpperCase()}${told.why.slice(1)}.</li>`;
  }
}

function conclusion({ ok, fork, earlier, later }) {
  if (ok) {
    return html`<p class="verdict" data-consistent="yes">${stamp('consistent')}
      ${earlier === later ? html`Both are the same tree of ${records(later)}.` : html`The ${records(earlier)} are the beginning of the ${records(later)}: nothing was changed or taken out.`}</p>`;
  }
  return html`<p class="verdict" data-consistent="no">${stamp(fork ? 'fork' : 'refused')}
    ${fork ? 'The log signed two histories. Keep both checkpoints: they convict it.' : 'This checkpoint is not to be believed.'}</p>`;
}

customElements.define('carnet-consistency', Consistency);
