// SPDX-License-Identifier: Apache-2.0

/** @file What stands at the head of every page. */

import { html, svg } from 'lit';
import { nextTheme, setTheme, theme } from './theme.js';

/** A booklet with the crossing on its cover. */
const emblem = () => svg`
  <svg viewBox="0 0 32 38" aria-hidden="true" fill="none" stroke="#ecdcae" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
    <rect x="3" y="2" width="26" height="34" rx="3"/>
    <circle cx="16" cy="19" r="6"/><circle cx="16" cy="19" r="8.4" stroke-width=".7" stroke-dasharray="1.2 1.6"/>
    <path d="M3 19h4.6M24.4 19H29M13 19.8l2.3 2.1 3.6-5"/>
    <path d="M9 7.5h14M11 31h10" stroke-width="1"/>
  </svg>`;

/** @param {string|undefined} node its name */
export const brand = (node) => html`
  <a class="brand" href="/#/framework">
    ${emblem()}
    <span><span class="label">Carnet</span><strong>${node ?? 'a node'}</strong></span>
  </a>`;

/** @param {() => void} changed */
export const themeSwitch = (changed) => html`
  <button class="small" aria-label="Colours: ${theme()}. Switch to ${nextTheme()}"
    @click=${() => { setTheme(nextTheme()); changed(); }}>
    ${{ auto: '◐', light: '☀', dark: '☾' }[theme()]} ${theme()}
  </button>`;
