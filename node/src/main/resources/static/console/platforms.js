// SPDX-License-Identifier: Apache-2.0

/** @file Platforms that certifiers vouch for: this one, those it vouches for, and whom it believes. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson, send } from './api.js';
import { credential, payload } from './credential.js';
import { distance, moment, short, span } from './format.js';
import { done, failed, loading, stamp } from './notice.js';
import { may } from './session.js';

const LEVELS = { basic: 'the certifier knows who it is', substantial: 'its papers were looked at', high: 'it was tested' };

class Platforms extends Acting {
  static properties = { own: { state: true }, trusted: { state: true }, verdict: { state: true }, certified: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = () => this.attempt(async () => this.#read());

  async #read() {
    const { certifications } = await getJson('/certifications');
    const own = await Promise.all(certifications.map(async (jwt) => ({ ...payload(jwt), flaws: await flaws(jwt) })));
    if (may('readIssuers')) this.trusted = await getJson('/api/certifications');
    this.own = own;
  }

  #check = (event) => {
    event.preventDefault();
    const { platform, certification } = fields(event.target);
    this.verdict = null;
    this.attempt(async () => {
      this.verdict = await send('POST', '/api/certifications/check', { platform, certification });
      if (may('readIssuers')) this.trusted = await getJson('/api/certifications');
    });
  };

  #keep = (event) => {
    event.preventDefault();
    const form = event.target;
    this.attempt(async () => {
      await send('POST', '/api/certifications/own', fields(form));
      form.reset();
      await this.#read();
    }, 'It holds, and is shown to everybody from now on.');
  };

  #certify = (event) => {
    event.preventDefault();
    const { platform, level, scope, until } = fields(event.target);
    this.certified = null;
    this.attempt(async () => {
      const validUntil = new Date(`${until}T23:59:59Z`).toISOString().replace('.000', '');
      this.certified = await send('POST', '/api/certifications', { platform, level, scope: scope.split(/[\s,]+/).filter(Boolean), validUntil });
    }, 'Certified. Give what stands below to the platform.');
  };

  render() {
    return html`
      <div>
        <h1>Platforms</h1>
        <p class="lead">A certifier examines a platform and signs what it found. Which certifiers count here, the operator of this node decides.</p>
      </div>
      ${this.problem ? failed(this.problem, this.own ? undefined : this.#load) : nothing}
      ${done(this.told)}
      ${this.own ? this.#content() : this.problem ? nothing : loading('Asking who vouches for this platform …')}`;
  }

  #content() {
    return html`
      <div class="account-means">
        ${this.#ours()}
        ${this.trusted ? this.#accepted() : nothing}
        ${this.#asking()}
        ${may('certifyPlatform') ? this.#certifying() : nothing}
      </div>
      ${this.trusted ? this.#lists() : nothing}`;
  }

  #ours() {
    return html`
      <section class="sheet slip" aria-labelledby="ours-title">
        <h2 id="ours-title">What certifiers say of this platform</h2>
        ${this.own.length ? nothing : html`<p class="muted">Nothing yet: no certification was kept here.</p>`}
        <ul class="why">
          ${this.own.map(({ issuer, credentialSubject: about, validUntil, flaws }) => html`
            <li>
              <p>${stamp(flaws.length ? 'refused' : 'holds')} <strong>${about?.level}</strong> <span class="muted">for</span> ${[about?.scope].flat().join(', ')}</p>
              <p class="fine">by <span class="mono" title=${issuer}>${short(String(issuer), 24, 6)}</span>, until ${moment(validUntil)}</p>
              ${flaws.map((flaw) => html`<p class="fine">${flaw}</p>`)}
            </li>`)}
        </ul>
        ${may('keepCertification') ? html`
          <details>
            <summary>Keep one that a certifier sent</summary>
            <form @submit=${this.#keep}>
              ${jwtField('own-jwt')}
              <div><button ?disabled=${this.busy}>Keep it</button></div>
            </form>
          </details>` : nothing}
      </section>`;
  }

  #accepted() {
    const { accepted } = this.trusted;
    return html`
      <section class="sheet slip" aria-labelledby="accepted-title">
        <h2 id="accepted-title">Whom this node believes</h2>
        ${accepted.length ? html`<ul class="plain">${accepted.map((did) => html`<li class="mono">${did}</li>`)}</ul>` : html`
          <p class="muted">Nobody: without the setting <code>certifiers.accepted</code>, no certification counts here.</p>`}
      </section>`;
  }

  #asking() {
    const { verdict } = this;
    return html`
      <section class="sheet slip" aria-labelledby="asking-title">
        <h2 id="asking-title">What is a certification worth here?</h2>
        <form @submit=${this.#check}>
          ${didField('check-platform')}
          ${jwtField('check-jwt')}
          <div><button ?disabled=${this.busy}>Check it</button></div>
        </form>
        <div role="status">
          ${!verdict ? nothing : verdict.certified ? html`
            <p>${stamp('certified')} <strong>${verdict.level}</strong>, ${LEVELS[verdict.level]}, for ${verdict.scope.join(', ')}, until ${moment(verdict.validUntil)}.</p>
            <p class="fine mono">${verdict.certifier}</p>` : html`
            <p>${stamp('refused')}</p>
            <ul>${verdict.errors.map(({ detail }) => html`<li>${sentence(detail)}</li>`)}</ul>`}
        </div>
      </section>`;
  }

  #certifying() {
    return html`
      <section class="sheet slip" aria-labelledby="certify-title">
        <h2 id="certify-title">Certify another platform</h2>
        <form @submit=${this.#certify}>
          ${didField('certify-platform')}
          <div class="field"><label class="label" for="level">How far it was examined</label>
            <select id="level" name="level">${Object.entries(LEVELS).map(([level, what]) => html`<option value=${level}>${level}: ${what}</option>`)}</select></div>
          <div class="field"><label class="label" for="scope">For what</label>
            <input id="scope" name="scope" required placeholder="crossing, storage" autocomplete="off" spellcheck="false"></div>
          <div class="field"><label class="label" for="until">Until the end of</label>
            <input id="until" name="until" type="date" required></div>
          <div><button ?disabled=${this.busy}>Certify</button></div>
        </form>
        ${this.certified ? html`
          <div class="field"><label class="label" for="certified">For the platform</label>
            <textarea id="certified" class="mono" rows="5" readonly>${this.certified.jwt}</textarea></div>` : nothing}
      </section>`;
  }

  #lists() {
    const { lists, ttl, age } = this.trusted;
    return html`
      <section class="sheet slip" aria-labelledby="lists-title">
        <h2 id="lists-title">How fresh it is known what was revoked</h2>
        <p class="muted">A revocation takes effect here within ${span(ttl * 1000)}. If its list cannot be reached, a copy is used until it is ${span(age * 1000)} old,
          and then the credential is refused.</p>
        ${lists.length ? html`
          <table class="cards">
            <thead><tr><th>Status list</th><th>Copied</th><th>Usable</th><th>State</th></tr></thead>
            <tbody>${lists.map(({ url, fetched, usable, trouble }) => html`
              <tr>
                <th scope="row" class="wide mono">${url}</th>
                <td data-label="Copied">${fetched ? distance(fetched) : 'never'}</td>
                <td data-label="Usable">${usable ? distance(usable) : 'no'}</td>
                <td class="wide" data-label="State">${stamp(trouble ? 'unreachable' : 'fresh')}${trouble ? html`<div class="fine">${trouble}</div>` : nothing}</td>
              </tr>`)}</tbody>
          </table>` : html`<p class="muted">No list was asked for since the node started.</p>`}
      </section>`;
  }
}

/** Why a credential does not hold; nothing if it does. @param {string} jwt @returns {Promise<string[]>} */
async function flaws(jwt) {
  try {
    await send('POST', '/credentials/verify', { verifiableCredential: credential(jwt) });
    return [];
  } catch (problem) {
    return [problem.detail || problem.title];
  }
}

const fields = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));

/** @param {string} text */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const didField = (id) => html`
  <div class="field"><label class="label" for=${id}>Platform</label>
    <input id=${id} name="platform" class="mono" required placeholder="did:…" pattern="did:.+" autocomplete="off" autocapitalize="none" spellcheck="false"></div>`;

const jwtField = (id) => html`
  <div class="field"><label class="label" for=${id}>Certification, as its certifier signed it</label>
    <textarea id=${id} name="certification" class="mono" rows="3" required placeholder="eyJ…" spellcheck="false"></textarea></div>`;

customElements.define('carnet-platforms', Platforms);
