// SPDX-License-Identifier: Apache-2.0

/** @file The three acknowledgements at a glance: how far each has come, and how long it takes. */

import { LitElement, html, nothing, svg } from 'lit';
import { getJson } from './api.js';
import { count, wait } from './format.js';
import { failed } from './notice.js';
import { Poll } from './poll.js';

const REFRESH = 1000;

const MEANING = {
  durable: ['Durable', 'on disk: this is when a sender is told yes'],
  included: ['Included', 'under a checkpoint that this log signed'],
  witnessed: ['Witnessed', 'cosigned by other platforms'],
};

/** The bar shows so many of the newest records at least. */
const LEAST = 20;

/** What is behind takes at most this part of the bar. */
const MOST_BEHIND = 0.8;

class Acks extends LitElement {
  static properties = { acks: { state: true }, problem: { state: true } };

  #window = LEAST;
  #poll = new Poll(this, REFRESH, async () => {
    this.acks = await getJson('/log/acks');
    this.dispatchEvent(new CustomEvent('acks', { detail: this.acks }));
  });

  createRenderRoot() {
    return this;
  }

  render() {
    const levels = Object.fromEntries((this.acks?.acks ?? []).map((level) => [level.level, level]));
    const size = levels.durable?.size ?? 0;
    const behind = (level) => size - (levels[level]?.size ?? 0);
    const last = this.acks?.witnesses ? 'witnessed' : 'included';
    this.#fit(behind(last));
    const shown = Math.max(1, Math.min(size, this.#window));
    return html`
      <section class="sheet acks" aria-labelledby="acks-title">
        <div class="acks-head">
          <h2 id="acks-title">How far the record has come</h2>
          <p class="fine">${size > shown ? `the newest ${count(shown)} of ${count(size)} records` : `all ${count(size)} records`}</p>
        </div>
        ${this.problem ? failed(this.problem, this.#poll.now) : nothing}
        ${bar(shown, Object.keys(MEANING).map((level) => [level, Math.max(0, shown - behind(level))]))}
        <dl>${Object.keys(MEANING).map((level) => this.#level(level, levels[level], behind(level)))}</dl>
      </section>`;
  }

  /** The window changes seldom, so that what moves are the marks. */
  #fit(behind) {
    const needed = Math.max(LEAST, behind / MOST_BEHIND);
    if (needed > this.#window || needed < this.#window / 8) this.#window = round(needed * 2);
  }

  #level(level, reached, behind) {
    const [name, meaning] = MEANING[level];
    const alone = level === 'witnessed' && this.acks && !this.acks.witnesses;
    return html`
      <div data-level=${level}>
        <dt><i></i>${name}</dt>
        <dd class="size number">${reached?.size === undefined ? '–' : count(reached.size)}
          ${level === 'durable' || alone || !this.acks ? nothing : html`<small>${behind > 0 ? `${count(behind)} behind` : 'level'}</small>`}</dd>
        <dd class="muted">${alone ? 'no other platform is connected to witness it' : meaning}</dd>
        ${reached?.samples
          ? html`<dd class="fine number">half within ${wait(reached.medianMillis)}, 99 of 100 within ${wait(reached.p99Millis)}</dd>`
          : nothing}
      </div>`;
  }
}

/** 1, 2 or 5 times a power of ten, the next above. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

/** Three steps, each as long as it has come: the picture of what the list beneath says in words. */
const bar = (shown, reaches) => svg`
  <svg class="acks-bar" viewBox="0 0 1000 36" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" x="0" y="0" width="1000" height="36"/>
    ${reaches.map(([level, reach], i) => {
      const end = (1000 * Math.min(reach, shown)) / shown;
      return svg`<g data-level=${level}><rect x="0" y=${i * 12} width=${end} height="12"/><path class="mark" d="M${end} 0V${12 * (i + 1)}"/></g>`;
    })}
  </svg>`;

customElements.define('carnet-acks', Acks);
