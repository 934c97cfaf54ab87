// SPDX-License-Identifier: Apache-2.0

/** @file The page of one avatar: its papers, its readings as they come, and the permissions they come under. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asProblem, getJson } from './api.js';
import { distance, reading, short, span, time, unit as written, words } from './format.js';
import { Motion } from './motion.js';
import { failed, loading } from './notice.js';
import { Plot, groups } from './plots.js';
import { Stream } from './streams.js';
import { themeChanges } from './theme.js';
import './mappings.js';
import './portrait.js';

const WINDOWS = [10, 30, 60];
const HISTORY_LIMIT = 6000;
const FRAME = 120;
const CHANGES_KEPT = 9;

class Avatar extends LitElement {
  static properties = {
    node: { attribute: false }, avatar: {}, values: { state: true }, problem: { state: true },
    held: { state: true }, seconds: { state: true }, mappings: { state: true }, description: { state: true },
  };

  #plots = new Map();
  #motion = new Motion();
  #changes = [];
  #stream;
  #timer = 0;
  #fresh = false;

  constructor() {
    super();
    this.seconds = WINDOWS[1];
    this.#stream = new Stream(this, () => this.avatar && `/avatars/${encodeURIComponent(this.avatar)}/stream`, (change) => this.#take(change));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    themeChanges.addEventListener('change', this.#recolour);
    this.#timer = setInterval(() => this.#draw(), FRAME);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    themeChanges.removeEventListener('change', this.#recolour);
    clearInterval(this.#timer);
    this.#clear();
  }

  willUpdate(changed) {
    if (!changed.has('avatar')) return;
    this.#clear();
    this.values = null;
    this.description = null;
    this.#motion = new Motion();
    this.#changes = [];
    if (changed.get('avatar')) this.#stream.open();
    this.#load();
  }

  #clear() {
    for (const plot of this.#plots.values()) plot.destroy();
    this.#plots.clear();
  }

  #recolour = () => {
    for (const plot of this.#plots.values()) plot.build();
    this.#fresh = true;
  };

  #load = async () => {
    const avatar = this.avatar;
    this.problem = null;
    try {
      const values = await getJson(`/avatars/${encodeURIComponent(avatar)}/properties`);
      if (avatar !== this.avatar) return;
      this.values = values;
      await this.updateComplete;
      await Promise.all(Object.keys(values).map((property) => this.#history(avatar, property)));
      this.#fresh = true;
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  async #history(avatar, property) {
    const from = new Date(new Date(this.values[property].time).getTime() - WINDOWS.at(-1) * 1000).toISOString();
    const past = await getJson(`/avatars/${encodeURIComponent(avatar)}/history`, { property, from, limit: HISTORY_LIMIT });
    if (avatar === this.avatar) this.#apply(past.map((entry) => ({ property, time: new Date(entry.time).getTime(), value: entry.value })));
  }

  #apply(readings) {
    for (const plot of this.#plots.values()) plot.take(readings);
    for (const { property, time: at, value } of readings) if (typeof value === 'string') this.#changed(property, at, value);
  }

  /** Keeps the last changes of texts such as the activity, newest first. */
  #changed(property, at, value) {
    const before = this.#changes.findIndex((change) => change.property === property && change.at <= at);
    if (before >= 0 && this.#changes[before].value === value) return;
    const after = this.#changes[(before < 0 ? this.#changes.length : before) - 1];
    if (after?.property === property && after.value === value) {
      after.at = at;
      return;
    }
    this.#changes.splice(before < 0 ? this.#changes.length : before, 0, { property, at, value });
    this.#changes.length = Math.min(this.#changes.length, CHANGES_KEPT);
  }

  #take({ readings }) {
    if (!readings) return; // only tells that this reader was too slow for some changes
    this.#motion.take(readings);
    if (!this.values) return;
    const values = { ...this.values };
    for (const { property, time: at, value, unit } of readings) values[property] = { value, time: at, unit };
    const known = Object.keys(this.values).length;
    this.#apply(readings);
    if (Object.keys(values).length > known) this.values = values;
    else this.#latest = values;
    this.#fresh = true;
  }

  /** The newest values, shown at the pace of the drawing. */
  #latest = null;

  #draw() {
    if (document.hidden || !this.#fresh || this.held) return;
    this.#fresh = false;
    if (this.#latest) this.values = this.#latest;
    this.#latest = null;
    this.querySelector('carnet-portrait')?.show(this.#motion.pose);
    for (const plot of this.#plots.values()) plot.draw(this.seconds);
  }

  updated() {
    if (!this.values) return;
    for (const { name, properties } of groups(this.#numeric())) {
      const element = this.querySelector(`[data-plot="${name}"]`);
      if (element && !this.#plots.has(name)) this.#plots.set(name, new Plot(element, properties, written(this.values[properties[0]].unit)));
    }
  }

  #numeric() {
    return Object.keys(this.values).filter((property) => typeof this.values[property].value === 'number');
  }

  render() {
    return html`
      <div class="page">
        <div><a href="#/world">← The world of ${this.node.name}</a></div>
        ${this.problem ? failed(this.problem, this.#load) : !this.values ? loading('Asking for the avatar …') : this.#content()}
      </div>`;
  }

  #content() {
    return html`
      ${this.#papers()}
      ${this.#readings()}
      <carnet-mappings .avatar=${this.avatar} @mappings=${(event) => (this.mappings = event.detail)}></carnet-mappings>`;
  }

  #papers() {
    const last = Math.max(0, ...Object.values(this.values).map((value) => new Date(value.time).getTime()));
    const [mapping] = this.mappings ?? [];
    const line = `AV<${this.node.name}<<${this.avatar.replaceAll(/[^a-z0-9]/gi, '<')}`.padEnd(72, '<');
    return html`
      <article class="sheet papers">
        <carnet-portrait></carnet-portrait>
        <div class="papers-fields">
          <p class="label">Avatar</p>
          <h1>${this.avatar}</h1>
          <dl>
            <div><dt>Platform</dt><dd>${this.node.name}</dd></div>
            <div><dt>Last reading</dt><dd>${last ? distance(last) : 'none yet'}</dd></div>
            ${mapping ? html`<div class="wide"><dt>Mirrors the thing</dt><dd class="mono" title=${mapping.thing}>${short(mapping.thing, 30, 8)}</dd></div>` : nothing}
          </dl>
          ${this.#thingDescription()}
        </div>
        <div class="mrz" aria-hidden="true">${line}</div>
      </article>`;
  }

  #thingDescription() {
    return html`
      <details class="description" @toggle=${this.#describe}>
        <summary>Thing Description</summary>
        <pre class="mono" tabindex="0">${this.description ?? 'Asking …'}</pre>
      </details>`;
  }

  async #describe(event) {
    if (!event.target.open || this.description) return;
    try {
      this.description = JSON.stringify(await getJson(`/avatars/${encodeURIComponent(this.avatar)}`), null, 2);
    } catch (error) {
      this.description = asProblem(error).message;
    }
  }

  #readings() {
    const properties = Object.keys(this.values).sort();
    if (!properties.length) return html`<div class="sheet notice" data-kind="empty"><h2>No reading yet</h2><p>The first update under a mapping fills this page.</p></div>`;
    return html`
      <section class="sheet readings" aria-labelledby="readings-title">
        <div class="readings-head">
          <h2 id="readings-title">Readings</h2>
          <div class="readings-tools">
            <label>Show the last
              <select @change=${(event) => this.#show(Number(event.target.value))}>
                ${WINDOWS.map((seconds) => html`<option value=${seconds} ?selected=${seconds === this.seconds}>${seconds} seconds</option>`)}
              </select></label>
            <button class="small" aria-pressed=${this.held ? 'true' : 'false'} @click=${() => (this.held = !this.held)}>${this.held ? 'Go on' : 'Hold still'}</button>
          </div>
        </div>
        <div class="readings-grid">
          <div class="plots">
            ${repeat(groups(this.#numeric()), ({ name }) => name, ({ name }) => html`
              <figure><figcaption class="label">${words(name)}</figcaption><div data-plot=${name}></div></figure>`)}
          </div>
          <div class="latest">
            <table>
              <caption class="label">Latest values</caption>
              <tbody>${properties.map((property) => this.#value(property, this.values[property]))}</tbody>
            </table>
            ${this.#changes.length ? this.#story() : nothing}
          </div>
        </div>
      </section>`;
  }

  #show(seconds) {
    this.seconds = seconds;
    for (const plot of this.#plots.values()) plot.draw(seconds);
  }

  #value(property, { value, unit, time: at }) {
    return html`
      <tr><th scope="row">${words(property)}</th>
        <td class="number">${typeof value === 'string' ? value.toLowerCase().replaceAll('_', ' ') : reading(value)} <span class="unit">${written(unit)}</span><div class="fine">${time(at)}</div></td></tr>`;
  }

  #story() {
    return html`
      <h3 class="label">As it changed</h3>
      <ol class="story">${this.#changes.map(({ value, at }, i) => html`
        <li><strong>${value.toLowerCase().replaceAll('_', ' ')}</strong> <span class="muted number">${i ? `for ${span(this.#changes[i - 1].at - at)}` : `since ${time(at)}`}</span></li>`)}</ol>`;
  }
}

customElements.define('carnet-avatar', Avatar);
