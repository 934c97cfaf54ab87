// SPDX-License-Identifier: Apache-2.0

/** @file The frame: who this node is, where one can go, and the page that the address asks for. */

import { LitElement, html, nothing, svg } from 'lit';
import { asProblem, getJson } from './api.js';
import { failed, loading } from './notice.js';
import { adoptTokenFromAddress, forget, token } from './session.js';
import { connection } from './streams.js';
import { nextTheme, setCover, setTheme, theme } from './theme.js';
import './token.js';

const PAGES = {
  framework: { title: 'Framework', show: () => html`<carnet-framework></carnet-framework>` },
  world: { title: 'World', show: (node) => html`<carnet-world .node=${node}></carnet-world>` },
  record: { title: 'Record', show: (node, id) => html`<carnet-record .node=${node} .open=${id}></carnet-record>` },
  avatar: { title: 'Avatar', show: (node, id) => html`<carnet-avatar .node=${node} .avatar=${id}></carnet-avatar>` },
};
const TABS = ['framework', 'world', 'record'];
const STATES = { live: 'Live', connecting: 'Connecting', lost: 'Connection lost', idle: 'Connected' };
const REFRESH = 5000;

/** @returns {{page: string, id: string}} what the hash asks for; everything unknown is the framework */
function route() {
  const [, page = '', id = ''] = location.hash.split('/');
  return { page: page in PAGES ? page : 'framework', id: decodeURIComponent(id) };
}

class App extends LitElement {
  static properties = {
    node: { state: true },
    problem: { state: true },
    route: { state: true },
    ready: { state: true },
    online: { state: true },
  };

  #timer = 0;

  constructor() {
    super();
    adoptTokenFromAddress();
    setTheme(theme());
    this.route = route();
    this.ready = '';
    this.online = true;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#navigate);
    connection.addEventListener('change', () => this.requestUpdate());
    this.#refresh();
    this.#load();
  }

  #navigate = () => {
    const hadToken = location.hash.startsWith('#token=');
    adoptTokenFromAddress();
    const before = this.route;
    this.route = route();
    this.#load();
    if (hadToken) this.#refresh();
    if (before.page !== this.route.page) this.updateComplete.then(() => this.querySelector('main')?.focus());
  };

  /** A page's code is fetched when it is first asked for, three.js with the world only. */
  async #load() {
    const { page } = this.route;
    try {
      await import(`./${page}.js`);
      this.ready = page;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  #refresh = async () => {
    clearTimeout(this.#timer);
    if (!token()) return this.requestUpdate();
    try {
      this.node = await getJson('/api/node');
      this.problem = null;
      this.online = true;
      setCover(this.node.name);
    } catch (error) {
      this.problem = asProblem(error);
      this.online = this.problem.status !== 0;
      if (this.problem.unauthorized) forget();
    }
    if (token()) this.#timer = setTimeout(this.#refresh, REFRESH);
  };

  updated() {
    const title = PAGES[this.route.page].title;
    const about = this.route.page === 'avatar' ? this.route.id : title;
    document.title = this.node ? `${about} · ${this.node.name} · Carnet` : 'Carnet';
  }

  render() {
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the page</a>
      <header>${this.#header()}</header>
      <main id="main" tabindex="-1">${this.#page()}</main>
      ${this.#footer()}`;
  }

  #skip(event) {
    event.preventDefault();
    document.querySelector('main').focus();
  }

  #header() {
    const state = this.online ? connection.state : 'lost';
    return html`
      <div class="cover">
        <div class="cover-inner">
          <a class="brand" href="#/framework">
            ${emblem()}
            <span><span class="label">Carnet</span><strong>${this.node?.name ?? 'a node'}</strong></span>
          </a>
          <div class="cover-tools">
            ${token() ? html`<span class="connection" data-state=${state} role="status"><i></i>${STATES[state]}</span>` : nothing}
            <button class="small" @click=${this.#switchTheme} aria-label="Colours: ${theme()}. Switch to ${nextTheme()}">
              ${{ auto: '◐', light: '☀', dark: '☾' }[theme()]} ${theme()}
            </button>
          </div>
          ${token() && this.node ? this.#tabs() : nothing}
        </div>
      </div>
      ${token() && this.node ? this.#identity() : nothing}`;
  }

  #switchTheme() {
    setTheme(nextTheme());
    this.requestUpdate();
  }

  #tabs() {
    const current = this.route.page === 'avatar' ? 'world' : this.route.page;
    return html`
      <nav class="tabs" aria-label="Pages">
        ${TABS.map((page) => html`
          <a href="#/${page}" aria-current=${page === current ? (page === this.route.page ? 'page' : 'true') : nothing}>${PAGES[page].title}</a>`)}
      </nav>`;
  }

  #identity() {
    const { origin, did } = this.node;
    return html`
      <div class="identity">
        <dl aria-label="This node">
          <div><dt>Origin</dt><dd>${origin}</dd></div>
          <div><dt>DID</dt><dd class="did">${did}</dd></div>
        </dl>
      </div>`;
  }

  #page() {
    if (!token()) {
      return html`<carnet-token .refused=${this.problem?.unauthorized ? this.problem : null} @token=${this.#refresh}></carnet-token>`;
    }
    if (!this.node) return this.problem ? failed(this.problem, this.#refresh) : loading('Asking the node who it is …');
    const { page, id } = this.route;
    if (this.ready !== page) return this.problem ? failed(this.problem) : loading('Opening the page …');
    return PAGES[page].show(this.node, id);
  }

  #footer() {
    const line = `C<${this.node?.name ?? 'CARNET'}<<THINGS<ACROSS<METAVERSES`.padEnd(88, '<');
    return html`
      <footer class="foot">
        <div class="foot-inner">
          <div class="mrz" aria-hidden="true">${line}</div>
          <nav aria-label="Documents of this node">
            <a href="/docs">API</a><a href="/openapi.json">OpenAPI</a><a href="/asyncapi.yaml">AsyncAPI</a>
            <a href="/checkpoint">Checkpoint</a><a href="/log.vkey">Log key</a><a href="/health">Health</a>
          </nav>
        </div>
      </footer>`;
  }
}

/** A booklet with the crossing on its cover. */
const emblem = () => svg`
  <svg viewBox="0 0 32 38" aria-hidden="true" fill="none" stroke="#ecdcae" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
    <rect x="3" y="2" width="26" height="34" rx="3"/>
    <circle cx="16" cy="19" r="6"/><circle cx="16" cy="19" r="8.4" stroke-width=".7" stroke-dasharray="1.2 1.6"/>
    <path d="M3 19h4.6M24.4 19H29M13 19.8l2.3 2.1 3.6-5"/>
    <path d="M9 7.5h14M11 31h10" stroke-width="1"/>
  </svg>`;

customElements.define('carnet-app', App);
