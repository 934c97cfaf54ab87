// SPDX-License-Identifier: Apache-2.0

/** @file Who has an account here, and what they are: opened, appointed, suspended and closed by those who govern. */

import { html, nothing } from 'lit';
import { Acting } from './acting.js';
import { getJson, send } from './api.js';
import { count, moment } from './format.js';
import { done, empty, failed, loading, stamp } from './notice.js';
import { sure } from './sure.js';
import { account, may } from './session.js';

const PAGE = 100;

const ROLES = {
  user: 'owns things and avatars here',
  creator: 'makes what others meet in the platform',
  moderator: 'keeps order among users',
  operator: 'runs the node',
  administrator: 'appoints the others and sets the policies',
  auditor: 'reads everything and changes nothing',
};

class People extends Acting {
  static properties = { people: { state: true }, more: { state: true }, changing: { state: true }, link: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  #load = () => this.attempt(async () => this.#page(0));

  async #page(offset) {
    const page = await getJson('/api/accounts', { offset, limit: PAGE });
    this.people = [...(offset ? this.people : []), ...page];
    this.more = page.length === PAGE;
  }

  #take(changed) {
    const known = this.people.some(({ name }) => name === changed.name);
    this.people = known ? this.people.map((one) => (one.name === changed.name ? changed : one)) : [changed, ...this.people];
  }

  #open = (event) => {
    event.preventDefault();
    const form = event.target;
    const given = new FormData(form);
    this.attempt(async () => {
      const opened = await send('POST', '/api/accounts', { name: given.get('name').trim(), roles: given.getAll('role') });
      this.#take(opened);
      form.reset();
      await this.#makeLink(opened.name);
    }, 'The account is open.');
  };

  #appoint = (one) => (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    this.#change(one, given.getAll('role'), one.state, 'It counts from the next request on.');
  };

  #change(one, roles, state, told) {
    return this.attempt(async () => {
      this.#take(await send('PUT', `/api/accounts/${encodeURIComponent(one.name)}`, { roles, state }));
      this.changing = '';
    }, told);
  }

  async #suspend(one) {
    const yes = await sure({ title: `Suspend ${one.name}?`, text: 'They are signed out everywhere at once, and cannot sign in until they are resumed.', yes: 'Suspend' });
    if (yes) this.#change(one, one.roles, 'suspended', `${one.name} is suspended, and signed out everywhere.`);
  }

  async #close(one) {
    const yes = await sure({ title: `Close the account of ${one.name} for good?`, text: 'It is never opened again, and nobody else gets the name.', yes: 'Close the account' });
    if (yes) this.#change(one, one.roles, 'closed', `The account of ${one.name} is closed.`);
  }

  async #makeLink(name) {
    const { path, expires } = await send('POST', `/api/accounts/${encodeURIComponent(name)}/sign-in-links`);
    this.link = { name, address: location.origin + path, expires };
    this.updateComplete.then(() => this.querySelector('.link input')?.select());
  }

  #copy = () => this.attempt(() => navigator.clipboard.writeText(this.link.address), 'Copied.');

  render() {
    return html`
      <div>
        <h1>People</h1>
        <p class="lead">Everybody who has an account here, a person or a program in its own name. What is changed here is on the record before it holds.</p>
      </div>
      ${this.problem ? failed(this.problem, this.people ? undefined : this.#load) : nothing}
      ${done(this.told)}
      ${this.link ? this.#link() : nothing}
      ${this.people ? this.#list() : this.problem ? nothing : loading('Reading the accounts …')}
      ${may('openAccount') ? this.#form() : nothing}`;
  }

  #link() {
    const { name, address, expires } = this.link;
    return html`
      <section class="sheet slip link" aria-labelledby="link-title">
        <div><p class="label">Shown only now</p><h2 id="link-title">A link for ${name}</h2></div>
        <p>Whoever opens it first is signed in as ${name}, once, until ${moment(expires)}. Give it to ${name} and nobody else.</p>
        <div class="with-button"><input readonly aria-label="The link" value=${address}><button @click=${this.#copy}>Copy</button></div>
        <div><button class="quiet" @click=${() => (this.link = null)}>Hide it</button></div>
      </section>`;
  }

  #list() {
    if (!this.people.length) return empty('Nobody yet', 'No account is open.');
    return html`
      <div class="sheet">
        <table class="cards people">
          <caption class="visually-hidden">Accounts</caption>
          <thead><tr><th>Name</th><th>Roles</th><th>State</th><th>Opened</th>${may('openAccount') ? html`<th><span class="visually-hidden">Act</span></th>` : nothing}</tr></thead>
          <tbody>${this.people.map((one) => this.#row(one))}</tbody>
        </table>
      </div>
      ${this.more ? html`<div class="older"><button ?disabled=${this.busy} @click=${() => this.attempt(() => this.#page(this.people.length))}>More than ${count(this.people.length)}</button></div>` : nothing}`;
  }

  #row(one) {
    const { name, roles, state, opened } = one;
    const changing = this.changing === name;
    return html`
      <tr data-account=${name} data-state=${state}>
        <th scope="row" class="wide">${name} ${name === account() ? html`<span class="muted">(you)</span>` : nothing}</th>
        <td class="wide" data-label="Roles">${changing ? this.#roles(one) : roles.length ? roles.join(', ') : html`<span class="muted">none</span>`}</td>
        <td data-label="State">${stamp(state)}</td>
        <td data-label="Opened">${moment(opened)}</td>
        ${may('openAccount') ? html`<td class="wide acts">${changing || state === 'closed' ? nothing : this.#acts(one)}</td>` : nothing}
      </tr>`;
  }

  #acts(one) {
    const button = (word, act, kind = '') => html`
      <button class="small ${kind}" ?disabled=${this.busy} aria-label="${word} ${one.name}" @click=${act}>${word}</button>`;
    const active = one.state === 'active';
    return html`
      ${button('Change roles', () => (this.changing = one.name))}
      ${active ? button('Sign-in link', () => this.attempt(() => this.#makeLink(one.name))) : nothing}
      ${active ? button('Suspend', () => this.#suspend(one), 'danger') : button('Resume', () => this.#change(one, one.roles, 'active', `${one.name} may sign in again.`))}
      ${button('Close', () => this.#close(one), 'danger')}`;
  }

  #roles(one) {
    return html`
      <form class="roles" @submit=${this.#appoint(one)}>
        ${checkboxes(one.roles, one.name)}
        <div><button class="small primary" ?disabled=${this.busy}>Appoint</button>
          <button type="button" class="small quiet" @click=${() => (this.changing = '')}>Cancel</button></div>
      </form>`;
  }

  #form() {
    return html`
      <section class="sheet slip" aria-labelledby="open-title">
        <h2 id="open-title">Open an account</h2>
        <form @submit=${this.#open}>
          <div class="field">
            <label class="label" for="name">Name</label>
            <input id="name" name="name" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" required
              pattern="[a-z][a-z0-9]*([._\\-][a-z0-9]+)*" aria-describedby="name-rule">
            <p id="name-rule" class="muted small">Lower-case letters and digits, such as <code>alice</code>. It is never given again.</p>
          </div>
          ${checkboxes(['user'], 'new')}
          <div><button class="primary" ?disabled=${this.busy}>Open</button></div>
        </form>
      </section>`;
  }
}

/** @param {string[]} given @param {string} whose */
const checkboxes = (given, whose) => html`
  <fieldset>
    <legend class="label">Roles</legend>
    ${Object.entries(ROLES).map(([role, what]) => html`
      <label><input type="checkbox" name="role" value=${role} ?checked=${given.includes(role)}
        aria-describedby="${whose}-${role}"><span><strong>${role}</strong> <span id="${whose}-${role}" class="muted">${what}</span></span></label>`)}
  </fieldset>`;

customElements.define('carnet-people', People);
