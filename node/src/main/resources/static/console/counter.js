// SPDX-License-Identifier: Apache-2.0

/** @file A page with one sheet of paper on it, before which one proves who one is. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { brand, themeSwitch } from './emblem.js';
import { setCover, setTheme, theme } from './theme.js';

export class Counter extends Acting {
  #node = '';

  constructor() {
    super();
    setTheme(theme());
  }

  /** @param {string} node whose counter it is */
  named(node) {
    this.#node = node;
    setCover(node);
    document.title = `${document.title.split(' · ')[0]} · ${node} · Carnet`;
    this.requestUpdate();
  }

  /** Calls this machine by its name, to which passkeys can belong; true if the page is leaving for it. */
  goToName() {
    if (location.protocol !== 'http:' || location.hostname !== '127.0.0.1') return false;
    location.replace(location.href.replace('//127.0.0.1', '//localhost'));
    return true;
  }

  trouble() {
    if (!this.problem) return nothing;
    return html`<div role="alert" class="trouble"><strong>${this.problem.title}</strong><p>${this.problem.detail}</p></div>`;
  }

  render() {
    return html`
      <header>
        <div class="cover">
          <div class="cover-inner">
            ${brand(this.#node || undefined)}
            <div class="cover-tools">${themeSwitch(() => this.requestUpdate())}</div>
          </div>
        </div>
      </header>
      <main><section class="sheet counter">${this.content()}</section></main>`;
  }
}
