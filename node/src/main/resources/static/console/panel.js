// SPDX-License-Identifier: Apache-2.0

/** @file A part of a page that can be folded; on a narrow page it is, until somebody asks for it. */

import { html } from 'lit';

const ROOMY = matchMedia('(min-width: 961px)');

/** @param {string} title @param {unknown} brief what it comes to, in sight even when folded @param {unknown} content */
export const panel = (title, brief, content) => html`
  <details class="sheet panel" ?open=${ROOMY.matches}>
    <summary><h2>${title}</h2><span class="muted">${brief}</span></summary>
    ${content}
  </details>`;
