// SPDX-License-Identifier: Apache-2.0

/** @file One record opened: the fields of its leaf, the bytes they stand in, its details and its proof. */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getJson } from './api.js';
import { count, moment, words } from './format.js';
import { failed, loading, stamp } from './notice.js';
import { parseRecord } from './record-leaf.js';
import { fromBase64, toHex } from './tlog.js';
import './proof-view.js';

/** The fields of a leaf with their lengths in bytes, in the order in which they stand. */
const LEAF = [['version', 1], ['kind', 1], ['assurance', 1], ['time', 8], ['actor', 16], ['about', 16], ['sealed details, SHA-256', 32]];

/** A detail of more characters takes the whole line, and of many more is folded. */
const SHORT = 24;
const LONG = 240;

const ASSURANCE = { THING: 'signed by the thing', GATEWAY: 'signed for by its gateway', NONE: 'act of the node itself' };

class RecordEntry extends LitElement {
  static properties = { node: { attribute: false }, index: {}, acks: { attribute: false }, record: { state: true }, problem: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('index')) this.#load();
    else if (changed.has('acks')) this.#follow();
  }

  #load = async () => {
    this.problem = null;
    this.record = null;
    try {
      this.record = await getJson(`/api/records/${encodeURIComponent(this.index)}`);
      await this.updateComplete;
      this.querySelector('h2')?.focus({ preventScroll: false });
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  /** Asks again once the log has come so far that the record has a further acknowledgement. */
  async #follow() {
    const { record } = this;
    if (!record) return;
    const more = this.acks?.acks.some(({ level, size }) => !record.acks[level] && size > record.index);
    if (!more) return;
    try {
      const { acks } = await getJson(`/api/records/${record.index}`);
      if (this.record === record) this.record = { ...record, acks };
    } catch {
      // What is known stays in sight; the next acknowledgements ask again.
    }
  }

  render() {
    return html`
      <article class="sheet entry">
        ${this.problem ? failed(this.problem, this.#load) : !this.record ? loading('Opening the record …') : this.#content()}
      </article>`;
  }

  /** When the record was acknowledged as what. */
  #times() {
    const { durable, included, witnessed } = this.record.acks;
    const cover = ({ at, size }) => html`<dd>${at ? moment(at) : 'longer ago than is remembered'}</dd><dd class="fine">by the checkpoint of ${count(size)} records</dd>`;
    const alone = this.acks && !this.acks.witnesses;
    return html`
      <dl class="times">
        <div data-ack="durable"><dt>Durable</dt><dd>${moment(durable.at)}</dd></div>
        <div data-ack="included"><dt>Included</dt>${included ? cover(included) : html`<dd>with the next checkpoint</dd>`}</div>
        <div data-ack="witnessed"><dt>Witnessed</dt>${witnessed ? cover(witnessed) : html`<dd>${alone ? 'no other platform is connected' : 'not yet'}</dd>`}</div>
      </dl>`;
  }

  #content() {
    const { index, leaf, details } = this.record;
    const bytes = fromBase64(leaf);
    const told = parseRecord(bytes);
    return html`
      <div class="entry-head">
        <div><p class="label">Record</p><h2 tabindex="-1">${count(index)}</h2></div>
        ${stamp(told.kind)}
        <a class="button small" href="#/record">Close</a>
      </div>
      ${this.#times()}
      <dl class="fields">
        <div class="wide"><dt>Assurance</dt><dd>${ASSURANCE[told.assurance]}</dd></div>
        <div class="wide"><dt>By</dt><dd class="mono">${pseudonym(told.actor)}</dd></div>
        <div class="wide"><dt>About</dt><dd class="mono">${pseudonym(told.about)}</dd></div>
      </dl>
      <div>
        <p class="label">The leaf, ${bytes.length} bytes</p>
        <p class="bytes mono">${parts(bytes).map(([name, hex], i) => html`<span data-field=${i} title=${name}>${hex}</span> `)}</p>
        <p class="fine">${LEAF.map(([name], i) => html`<span class="key" data-field=${i}>${name}</span> `)}
          No name and no reading stands in the log: pseudonyms, and the hash of what is sealed in the vault.</p>
      </div>
      <div>
        <p class="label">Details, opened with the subject's key</p>
        ${details ? fields(details) : html`<p class="muted">Sealed. This node does not hold the key to them, or the key was destroyed.</p>`}
      </div>
      <carnet-proof .record=${this.record} .name=${this.node.name}></carnet-proof>`;
  }
}

/** All zeros stand for nobody. */
const pseudonym = (hex) => (/^0+$/.test(hex) ? 'nobody' : hex);

function parts(bytes) {
  let at = 0;
  return LEAF.map(([name, length]) => [name, toHex(bytes.slice(at, (at += length)))]);
}

/** Details as fields where they are an object, else as they are. */
function fields(details) {
  if (typeof details !== 'object' || Array.isArray(details)) return html`<pre class="mono details">${JSON.stringify(details, null, 2)}</pre>`;
  return html`<dl class="fields">${Object.entries(details).map(([name, value]) => {
    const text = plain(value);
    if (text.length > LONG) {
      return html`<div class="wide"><dt>${words(name)}</dt><dd><details><summary>${count(text.length)} characters</summary><pre class="mono details" tabindex="0">${text}</pre></details></dd></div>`;
    }
    const wide = text.length > SHORT;
    return html`<div class=${wide ? 'wide' : nothing}><dt>${words(name)}</dt><dd class=${wide ? 'mono' : nothing}>${text}</dd></div>`;
  })}</dl>`;
}

function plain(value) {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

customElements.define('carnet-record-entry', RecordEntry);
