// SPDX-License-Identifier: Apache-2.0

/** @file The picture on an avatar's page: the watch itself, as the arm holds it now, seen from above. */

import { LitElement, html } from 'lit';

const LAYERS = [0, 1, 2, 3, 4];
const VIVID = 3;

class Portrait extends LitElement {
  static properties = { oriented: { type: Boolean } };

  createRenderRoot() {
    return this;
  }

  /** @param {import('./motion.js').Pose} pose */
  show({ pitch, roll, yaw, intensity, oriented }) {
    this.oriented = oriented;
    const energy = Math.min(intensity / VIVID, 1.2);
    const body = this.querySelector('.watch');
    const ring = this.querySelector('.portrait-ring');
    if (ring) {
      ring.style.scale = String(0.62 + 0.38 * energy);
      ring.style.opacity = String(0.35 + 0.6 * Math.min(energy, 1));
    }
    if (body) body.style.transform = oriented ? `rotateX(28deg) rotateZ(${-yaw}deg) rotateY(${-pitch}deg) rotateX(${-roll}deg)` : `scale(${0.6 + 0.5 * energy})`;
  }

  render() {
    return html`
      <div class="portrait" aria-hidden="true">
        <div class="portrait-ring"></div>
        <div class=${this.oriented ? 'watch' : 'watch gem'}>
          ${this.oriented
            ? html`<b class="strap"></b>${LAYERS.map((i) => html`<i data-layer=${i}></i>`)}<b class="hands"></b>`
            : html`<b class="stone"></b>`}
        </div>
      </div>`;
  }
}

customElements.define('carnet-portrait', Portrait);
