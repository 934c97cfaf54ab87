// SPDX-License-Identifier: Apache-2.0

/** @file Proving again who one is, where one stands: the node asks for it before dangerous acts. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { send, whenStepUp } from './api.js';
import { values } from './codes.js';
import { possible, use } from './passkey.js';
import { account, adopt, signIn } from './session.js';

class StepUp extends Acting {
  static properties = { asked: { state: true } };

  /** @type {(proven: boolean) => void} */
  #answer = () => {};

  /** The question that is open; whoever asks meanwhile waits for the same answer. @type {Promise<boolean>|null} */
  #open = null;

  /** @param {import('./api.js').Problem} problem @returns {Promise<boolean>} whether the act may be tried again */
  ask(problem) {
    this.#open ??= new Promise((resolve) => {
      this.#answer = resolve;
      this.asked = problem;
      this.problem = null;
      this.updateComplete.then(() => this.querySelector('dialog').showModal());
    }).finally(() => (this.#open = null));
    return this.#open;
  }

  #passkey = () => this.#prove(async () => ['/sign-in/passkey', { credential: await use('/sign-in/passkey/options') }]);

  #password = (event) => {
    event.preventDefault();
    this.#prove(async () => ['/sign-in/password', { name: account(), ...values(event.target) }]);
  };

  /** @param {() => Promise<[string, object]>} proof */
  #prove(proof) {
    return this.attempt(async () => {
      const was = account();
      const told = adopt(await send('POST', ...(await proof())));
      // Somebody else sits here now: nothing that the first one wanted is done in their name.
      if (told.account !== was) return location.reload();
      this.#answer(true);
      this.querySelector('dialog').close();
    });
  }

  render() {
    return html`
      <dialog aria-labelledby="step-up-title" @close=${() => this.#answer(false)}>
        <h2 id="step-up-title">Is it still you, ${account()}?</h2>
        <p>This could let somebody else in, or take something away. Prove once more who you are; then it is done.</p>
        ${this.problem ? html`<div role="alert" class="trouble"><strong>${this.problem.title}</strong><p>${this.problem.detail}</p></div>` : nothing}
        ${possible() ? html`<button class="primary wide" ?disabled=${this.busy} @click=${this.#passkey}>With a passkey</button>` : nothing}
        <details>
          <summary>With a password and a code</summary>
          <form @submit=${this.#password}>
            <div class="field">
              <label class="label" for="again-password">Password</label>
              <input id="again-password" name="password" type="password" autocomplete="current-password" required>
            </div>
            <div class="field">
              <label class="label" for="again-code">Code of your app</label>
              <input id="again-code" name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" maxlength="7" required>
            </div>
            <div><button ?disabled=${this.busy}>Prove it</button></div>
          </form>
        </details>
        <div class="actions">
          <button class="quiet" @click=${() => signIn(true)}>In another way</button>
          <button @click=${(event) => event.target.closest('dialog').close()}>Leave it</button>
        </div>
      </dialog>`;
  }
}

customElements.define('carnet-step-up', StepUp);

/** From now on, what the node wants proven again is asked for on the page. */
export function standBy() {
  const asking = document.createElement('carnet-step-up');
  document.body.append(asking);
  whenStepUp((problem) => asking.ask(problem));
}
