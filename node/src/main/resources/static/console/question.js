// SPDX-License-Identifier: Apache-2.0

/** @file What somebody asks of a person, in words: who asks, whom, and what they would get. */

import { html } from 'lit';

/** By scope. */
const MEANINGS = {
  openid: ['Know you again', 'by a name that it alone has for you, and nobody else can follow.'],
  profile: ['See what you are called here', 'the name of your account.'],
  carnet: ['Act for you on this node', 'as you yourself with your things, avatars and mappings; not in an office you hold, and not on your account.'],
};

/** @param {{name: string, client: string, account: string, scopes: string[]}} asked */
export const question = ({ name, client, account, scopes }) => html`
  <div>
    <p class="label">Signed in as ${account}</p>
    <h1>Let ${name} in?</h1>
    ${client === name ? '' : html`<p><code>${client}</code></p>`}
  </div>
  <p>It asks to:</p>
  <dl class="asks">
    ${scopes.map((scope) => MEANINGS[scope] ?? [scope, '']).map(([what, more]) => html`
      <div><dt>${what}</dt><dd>${more}</dd></div>`)}
  </dl>`;
