// SPDX-License-Identifier: Apache-2.0

/** @file The world page: the platform's avatars moving as the watches do, and the same in words beside it. */

import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asProblem, getJson } from './api.js';
import { distance, words } from './format.js';
import { Motion, QUIET_AFTER } from './motion.js';
import { empty, failed, loading } from './notice.js';
import { Stream } from './streams.js';
import { calm, themeChanges } from './theme.js';
import { Scene } from './world-scene.js';
import './mappings.js';

const LIST_PACE = 1000;
const KEYS = {
  ArrowLeft: (scene) => scene.orbit(-0.15, 0),
  ArrowRight: (scene) => scene.orbit(0.15, 0),
  ArrowUp: (scene) => scene.orbit(0, 0.1),
  ArrowDown: (scene) => scene.orbit(0, -0.1),
  '+': (scene) => scene.zoom(0.88),
  '-': (scene) => scene.zoom(1.14),
};

class World extends LitElement {
  static properties = { node: { attribute: false }, avatars: { state: true }, problem: { state: true }, flat: { state: true } };

  #motions = new Map();
  #scene = null;
  #timer = 0;
  #drag = null;

  constructor() {
    super();
    new Stream(this, () => '/api/world/stream', (change) => this.#take(change));
  }

  createRenderRoot() {
    return this;
  }

  /** The pose of every avatar by its id, angles in degrees. @returns {Record<string, import('./motion.js').Pose>} */
  get poses() {
    return Object.fromEntries([...this.#motions].map(([id, motion]) => [id, motion.pose]));
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#visibility);
    themeChanges.addEventListener('change', this.#dress);
    this.#timer = setInterval(() => document.hidden || this.requestUpdate(), LIST_PACE);
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#visibility);
    themeChanges.removeEventListener('change', this.#dress);
    clearInterval(this.#timer);
    this.#watch.disconnect();
    this.#scene?.dispose();
    this.#scene = null;
  }

  /** Nothing is drawn that nobody can see. */
  #visibility = () => (document.hidden || !this.#inView ? this.#scene?.stop() : this.#scene?.start());

  #inView = true;
  #watch = new IntersectionObserver(([{ isIntersecting }]) => {
    this.#inView = isIntersecting;
    this.#visibility();
  });

  #dress = () => this.#scene?.dress(this.node.name, isDark());

  #load = async () => {
    this.problem = null;
    try {
      this.avatars = await getJson('/api/avatars');
      for (const { id, properties = [] } of this.avatars) {
        this.#motion(id).pose.oriented ||= properties.includes('acceleration-x');
      }
    } catch (error) {
      this.problem = asProblem(error);
    }
  };

  #motion(id) {
    if (!this.#motions.has(id)) this.#motions.set(id, new Motion());
    return this.#motions.get(id);
  }

  #take({ avatar, readings }) {
    if (!readings) return; // only tells that this reader was too slow for some changes
    if (!this.#motions.has(avatar) && this.avatars) this.#load();
    const motion = this.#motion(avatar);
    motion.take(readings);
    motion.pose.heard = Date.now();
  }

  updated() {
    const canvas = this.querySelector('canvas');
    if (!canvas || this.#scene || this.flat) return;
    try {
      this.#scene = new Scene(canvas, { poses: () => this.poses, calm, drawn: (place) => this.#label(place) });
      this.#dress();
      this.#visibility();
      this.#watch.observe(canvas);
    } catch {
      this.flat = true;
    }
  }

  /** Puts each name above its avatar; nearer names lie over farther ones. */
  #label(place) {
    for (const label of this.querySelectorAll('.world-label')) {
      const at = place(label.dataset.avatar);
      label.hidden = !at;
      if (!at) continue;
      label.style.transform = `translate(-50%, -100%) translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
      label.style.zIndex = String(Math.round((1 - at.depth) * 100_000));
    }
  }

  render() {
    return html`
      <div class="page">
        <div>
          <h1>The world of ${this.node.name}</h1>
          <p class="lead">Each figure moves as a real watch moves: its forearm and the dial above it take the watch's orientation, it turns as the
            wearer turns, and the ring at its feet grows with the movement. A lantern stands for an avatar that is told an intensity only.</p>
        </div>
        ${this.problem ? failed(this.problem, this.#load) : !this.avatars ? loading('Looking for avatars …') : this.#content()}
      </div>`;
  }

  #content() {
    if (!this.avatars.length) {
      return html`
        ${empty('Nobody is here yet', 'An avatar appears when the owner of a thing maps the thing to it and the first update arrives. Things of this platform may be mirrored elsewhere.')}
        <carnet-mappings></carnet-mappings>`;
    }
    return html`
      <div class="world-split">
        <div class="sheet stage">
          ${this.flat
            ? html`<p class="notice">This browser cannot draw in three dimensions. The list has everything.</p>`
            : html`
              <canvas tabindex="0" role="img" aria-label="The avatars in three dimensions. The list beside tells the same in words. Arrow keys turn the view, plus and minus zoom."
                @keydown=${this.#key} @pointerdown=${this.#grab} @pointermove=${this.#move} @pointerup=${this.#release} @pointercancel=${() => (this.#drag = null)} @wheel=${this.#wheel}></canvas>
              <div class="world-labels" aria-hidden="true">
                ${repeat(this.avatars, ({ id }) => id, ({ id }) => html`<a class="world-label" tabindex="-1" data-avatar=${id} href="#/avatar/${encodeURIComponent(id)}" hidden>${id}</a>`)}
              </div>`}
        </div>
        <section class="sheet world-list" aria-labelledby="who">
          <h2 id="who">Who is here</h2>
          <ul>${repeat(this.avatars, ({ id }) => id, (avatar) => this.#item(avatar))}</ul>
        </section>
      </div>`;
  }

  #item({ id, lastUpdate }) {
    const { pitch, roll, yaw, intensity, oriented, activity, updated, heard } = this.#motion(id).pose;
    const live = Date.now() - heard < QUIET_AFTER;
    const degrees = (value) => `${Math.round(value)}°`.replace('-', '−');
    return html`
      <li>
        <a href="#/avatar/${encodeURIComponent(id)}" @focus=${() => this.#choose(id)} @blur=${() => this.#choose('')}
          @mouseenter=${() => this.#choose(id)} @mouseleave=${() => this.#choose('')}>
          <span class="who-name"><strong>${id}</strong><span>${activity ? words(activity.toLowerCase()).replace('_', ' ') : live ? 'moving' : ''}</span></span>
          <meter min="0" max="4" .value=${intensity} aria-hidden="true"></meter>
          <span class="muted number">${intensity.toFixed(1)} m/s²${oriented ? html` · arm ${degrees(pitch)} · face ${degrees(roll)} · turned ${degrees(yaw)}` : nothing}</span>
          ${live ? nothing : html`<span class="muted">${updated || lastUpdate ? `last heard ${distance(updated || lastUpdate)}` : 'not heard yet'}</span>`}
        </a>
      </li>`;
  }

  #choose(id) {
    if (this.#scene) this.#scene.chosen = id;
    for (const label of this.querySelectorAll('.world-label')) label.classList.toggle('chosen', label.dataset.avatar === id);
  }

  #key(event) {
    const act = KEYS[event.key];
    if (!act || !this.#scene) return;
    event.preventDefault();
    act(this.#scene);
  }

  #grab(event) {
    this.#drag = { x: event.clientX, y: event.clientY, moved: 0 };
    event.target.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (!this.#drag) {
      const over = event.pointerType === 'mouse' ? this.#scene?.at(event.offsetX, event.offsetY) : '';
      event.target.classList.toggle('over', Boolean(over));
      return;
    }
    const [dx, dy] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    this.#drag = { x: event.clientX, y: event.clientY, moved: this.#drag.moved + Math.abs(dx) + Math.abs(dy) };
    this.#scene?.orbit(-dx * 0.007, dy * 0.005);
  }

  #release(event) {
    const still = this.#drag && this.#drag.moved < 6;
    this.#drag = null;
    const avatar = still && this.#scene?.at(event.offsetX, event.offsetY);
    if (avatar) location.hash = `#/avatar/${encodeURIComponent(avatar)}`;
  }

  #wheel(event) {
    if (!event.ctrlKey && document.activeElement !== event.target) return;
    event.preventDefault();
    this.#scene?.zoom(event.deltaY > 0 ? 1.08 : 0.93);
  }
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
};

customElements.define('carnet-world', World);
