// SPDX-License-Identifier: Apache-2.0

/** @file A question before something is done that cannot be undone, or that others will feel. */

import { html, render } from 'lit';

/**
 * @param {{title: string, text: unknown, yes: string, no?: string}} asked
 * @returns {Promise<boolean>}
 */
export function sure({ title, text, yes, no = 'Leave it' }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'sure-title');
  render(html`
    <h2 id="sure-title">${title}</h2>
    <p>${text}</p>
    <form method="dialog" class="actions">
      <button value="no" autofocus>${no}</button>
      <button value="yes" class="danger">${yes}</button>
    </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
