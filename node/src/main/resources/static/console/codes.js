// SPDX-License-Identifier: Apache-2.0

/** @file A password with one-time codes, and the recovery codes: the same wherever they are set. */

import { html, nothing } from 'lit';

/**
 * The fields for a password and the first code of an app.
 * @param {{secret: string, uri: string, picture: string}} offer
 */
export const passwordFields = (offer) => html`
  <div class="field">
    <label class="label" for="new-password">Password</label>
    <input id="new-password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" required
      aria-describedby="password-rule">
    <p id="password-rule" class="muted small">At least 12 characters of any kind; a few words do well.</p>
  </div>
  <div class="codes-offer">
    <img src=${offer.picture} alt="A QR code that holds the key below" width="168" height="168">
    <div>
      <p>Scan this with an authenticator app, or <a href=${offer.uri}>open it on this device</a>, or type the key:</p>
      <p><code class="key">${offer.secret.replace(/(.{4})(?!$)/g, '$1 ')}</code></p>
      <div class="field">
        <label class="label" for="new-code">Code that the app shows</label>
        <input id="new-code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required>
      </div>
    </div>
  </div>`;

/** @param {string[]} codes @param {unknown} next what follows once they are kept */
export const recoveryCodes = (codes, next) => html`
  <div>
    <p class="label">Shown only now</p>
    <h2>Your recovery codes</h2>
  </div>
  <p>Each signs you in once, when everything else is lost. Print them or write them down, and keep them where you keep
    your passport.</p>
  <ol class="recovery">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
  ${next ?? nothing}`;

/** The values of a form; spaces in codes are only for reading. @param {HTMLFormElement} form */
export function values(form) {
  const all = Object.fromEntries(new FormData(form));
  if (all.code) all.code = all.code.replaceAll(' ', '');
  return all;
}
