// SPDX-License-Identifier: Apache-2.0

/** @file Shows the check of one record: the climb from the leaf to the root, the signature, the seal. */

import { LitElement, html, nothing, svg } from 'lit';
import { asProblem, getText } from './api.js';
import { count, moment, short } from './format.js';
import { ed25519Key } from './log-keys.js';
import { failed } from './notice.js';
import { check, firstSeen, takeKey } from './proof.js';
import { calm } from './theme.js';
import { fromBase64 } from './tlog.js';

const PACE = 90;

class ProofView extends LitElement {
  static properties = { record: { attribute: false }, steps: { state: true }, problem: { state: true }, key: { state: true }, tampered: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('record') && changed.get('record')?.index !== this.record.index) this.#forget();
  }

  #forget() {
    this.steps = null;
    this.problem = null;
    this.key = null;
    this.tampered = false;
  }

  /** @param {boolean} tampered flips one bit of the record first, to see that it is noticed */
  async #verify(tampered) {
    const { index, leaf } = this.record;
    this.#forget();
    this.tampered = tampered;
    this.busy = true;
    try {
      const [proof, vkey] = await Promise.all([getText(`/api/records/${index}/proof`), getText('/log.vkey').then(ed25519Key)]);
      this.key = firstSeen(vkey.split('+')[0], vkey);
      this.vkey = vkey;
      const bytes = fromBase64(leaf);
      if (tampered) bytes[bytes.length - 1] ^= 1;
      this.steps = [];
      for await (const step of check(proof, bytes, vkey)) {
        if (this.record.index !== index) return;
        this.steps = [...this.steps, step];
        if (!calm()) await new Promise((done) => setTimeout(done, PACE));
      }
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  async #download() {
    const { index } = this.record;
    try {
      const proof = await getText(`/api/records/${index}/proof`);
      const url = URL.createObjectURL(new Blob([proof], { type: 'text/plain' }));
      const link = Object.assign(document.createElement('a'), { href: url, download: `${this.name}-${index}.tlog-proof` });
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  render() {
    const verdict = this.steps?.find((step) => step.act === 'verdict');
    return html`
      <section class="proof" aria-labelledby="proof-title">
        <h3 id="proof-title">Proof</h3>
        <p class="muted">The node need not be believed: this page fetches the proof, hashes the record itself, climbs the tree and
          compares with what the log signed.</p>
        <div class="actions">
          <button class="primary" ?disabled=${this.busy} @click=${() => this.#verify(false)}>Verify in this browser</button>
          <button @click=${this.#download}>Download the proof</button>
          ${verdict ? html`<button class="quiet" ?disabled=${this.busy} @click=${() => this.#verify(true)}>Try it with one bit flipped</button>` : nothing}
        </div>
        ${this.problem ? this.#notYet() : nothing}
        ${this.steps ? html`
          ${this.tampered ? html`<p class="tampered"><span class="stamp" data-tint="amber">test</span> The last bit of the record was flipped before the check.</p>` : nothing}
          <ol class="climb" aria-label="Steps of the check">${this.steps.map((step) => this.#step(step))}</ol>` : nothing}
        <div role="status">${verdict ? seal(verdict) : nothing}</div>
        ${verdict ? this.#trust() : nothing}
      </section>`;
  }

  /** The newest records wait for the next checkpoint, which comes every second. */
  #notYet() {
    return failed(this.problem, () => this.#verify(this.tampered));
  }

  #step(step) {
    switch (step.act) {
      case 'leaf':
        return html`<li class="leaf"><span></span>${chip('ours', 'this record', step.hash)}<span></span></li>`;
      case 'join':
        return html`<li class=${step.side}>
          ${step.side === 'left' ? chip('beside', range(step), step.beside) : html`<span></span>`}
          ${chip('ours', 'together', step.hash)}
          ${step.side === 'right' ? chip('beside', range(step), step.beside) : html`<span></span>`}
        </li>`;
      case 'root':
        return html`<li class="root" data-same=${step.same ? 'yes' : 'no'}>
          <span></span>${chip('ours', `computed root of ${count(step.size)}`, step.computed)}
          ${chip('signed', step.same ? 'the same in the checkpoint' : 'not the same in the checkpoint', step.signed)}</li>`;
      default:
        return nothing;
    }
  }

  #trust() {
    const { since, changed, vkey } = this.key;
    if (changed) {
      return html`<div class="notice" data-kind="problem"><strong>The log's key is not the one this browser saw first.</strong>
        <p>It first saw <code>${vkey}</code> on ${moment(since)}; now it is <code>${this.vkey}</code>. A node that was set up anew has a new key. Otherwise, ask why.</p>
        <div class="actions"><button class="small" @click=${this.#takeKey}>Take the new key</button></div></div>`;
    }
    return html`<p class="fine">Signed by <code>${this.vkey}</code>, the key this browser has known since ${moment(since)}. Compare it with the one you were given elsewhere.</p>`;
  }

  #takeKey() {
    this.key = { ...takeKey(this.vkey.split('+')[0], this.vkey), changed: false };
  }

  /** What the node is called, for the name of the file. */
  name = 'carnet';
}

const chip = (kind, what, hash) => html`<span class="chip ${kind}"><span class="chip-label">${what}</span><code title=${hash}>${short(hash, 8, 5)}</code></span>`;
const range = ({ from, to }) => (to - from === 1 ? `record ${count(from)}` : `records ${count(from)}–${count(to - 1)}`);

/** The stamp that the check ends with. */
function seal({ ok, why, origin, size, index }) {
  const word = ok ? 'ON THE RECORD' : 'NOT PROVED';
  return html`
    <div class="seal-row" data-verdict=${ok ? 'ok' : 'failed'}>
      ${svg`<svg class="seal" viewBox="0 0 200 200" aria-hidden="true">
        <defs><path id="seal-arc" d="M100 100m-72 0a72 72 0 1 1 144 0a72 72 0 1 1 -144 0"/></defs>
        <circle cx="100" cy="100" r="94"/><circle cx="100" cy="100" r="88" class="thin"/><circle cx="100" cy="100" r="56" class="thin"/>
        <text class="around" textLength="430" lengthAdjust="spacing"><textPath href="#seal-arc">${`${origin} · CARNET · `.toUpperCase()}</textPath></text>
        <path class="mark" d=${ok ? 'M74 88l18 18 34-40' : 'M78 66l44 44M122 66l-44 44'}/>
        <text class="word" x="100" y="136">${word}</text>
      </svg>`}
      <div>
        <strong>${ok ? `Record ${count(index)} stands in the log of ${origin}.` : 'This record is not proved.'}</strong>
        <p>${ok ? `The root of its ${count(size)} records was recomputed here and is the one the log signed.` : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`}</p>
      </div>
    </div>`;
}

customElements.define('carnet-proof', ProofView);
