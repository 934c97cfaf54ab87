// SPDX-License-Identifier: Apache-2.0

/** @file What the console says when it waits, finds nothing or fails. */

import { html, nothing } from 'lit';
import { signIn } from './session.js';

/** @param {string} text */
export const loading = (text) => html`<div class="sheet notice" data-kind="loading" role="status">${text}</div>`;

/** @param {unknown} title @param {unknown} text */
export const empty = (title, text) => html`
  <div class="sheet notice" data-kind="empty"><h2>${title}</h2><p>${text}</p></div>`;

/**
 * A problem in the words of the node, with the way to its explanation and a way to try again.
 * @param {import('./api.js').Problem} problem
 * @param {() => void} [again]
 */
export const failed = (problem, again) => html`
  <div class="sheet notice" data-kind="problem" role="alert">
    <h2>${problem.title}</h2>
    ${problem.detail ? html`<p>${problem.detail}</p>` : nothing}
    <div class="actions">
      ${problem.slug === 'step-up-required' ? html`<button class="small primary" @click=${() => signIn(true)}>Sign in again</button>` : nothing}
      ${again ? html`<button class="small" @click=${again}>Try again</button>` : nothing}
      ${problem.type.startsWith('/problems/') ? html`<a href=${problem.type}>What this means</a>` : nothing}
      ${problem.decision ? html`<a href="/#/access/decisions/${problem.decision}">Who decided this, and why</a>` : nothing}
    </div>
  </div>`;

const TINTS = {
  active: 'green', paused: 'amber', ended: 'red', expired: 'red',
  registered: 'violet', mapped: 'violet', received: 'blue', applied: 'green', delivered: 'blue', read: 'slate',
  resumed: 'green', refused: 'red', started: 'slate', deregistered: 'red',
  erased: 'red', pruned: 'amber', distrusted: 'red', backed_up: 'slate', drilled: 'slate', restored: 'amber', anchored: 'violet',
  reported: 'slate', repaired: 'amber', decided: 'slate', enrolled: 'violet', signed_in: 'blue', claimed: 'violet', rotated: 'blue',
  revoked: 'red', transferred: 'amber', issued: 'violet', verified: 'green', signalled: 'amber', appealed: 'blue', governed: 'violet',
  'this one': 'green', permitted: 'green', permit: 'green', forbid: 'red', suspended: 'red', closed: 'slate', holds: 'green', certified: 'green',
  fresh: 'green', unreachable: 'amber', 'step-up': 'amber', noted: 'slate', confirmed: 'green', lifted: 'green', upheld: 'red', lost: 'amber', decommissioned: 'slate',
  agrees: 'green', late: 'amber', silent: 'amber', unmet: 'slate', fork: 'red', consistent: 'green',
};

/** A state or a kind of act as a rubber stamp. @param {string} word */
export const stamp = (word) => html`<span class="stamp" data-tint=${TINTS[word.toLowerCase()] ?? 'slate'}>${word.toLowerCase()}</span>`;

/** What was done, for eyes and for screen readers. @param {string} told */
export const done = (told) => html`<p class="told" role="status">${told}</p>`;
