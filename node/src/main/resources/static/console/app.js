// SPDX-License-Identifier: Apache-2.0

/** @file The frame: who this node is, where one can go, and the page that the address asks for. */

import { LitElement, html, nothing } from 'lit';
import { asProblem, getJson } from './api.js';
import { brand, themeSwitch } from './emblem.js';
import { failed, loading } from './notice.js';
import { account, learn, may, signIn, signOut, told } from './session.js';
import { standBy } from './step-up.js';
import { connection } from './streams.js';
import { setCover, setTheme, theme } from './theme.js';

const PAGES = {
  framework: { title: 'Framework', show: () => html`<carnet-framework></carnet-framework>` },
  world: { title: 'World', show: (node) => html`<carnet-world .node=${node}></carnet-world>` },
  record: { title: 'Record', show: (node, id) => html`<carnet-record .node=${node} .open=${id}></carnet-record>` },
  avatar: { title: 'Avatar', show: (node, id) => html`<carnet-avatar .node=${node} .avatar=${id}></carnet-avatar>` },
  mine: { title: 'Mine', show: (node) => html`<carnet-mine .node=${node}></carnet-mine>` },
  signals: { title: 'Signals', show: () => html`<carnet-signals></carnet-signals>` },
  access: { title: 'Access', show: (_, id, more) => html`<carnet-access .part=${id} .open=${more}></carnet-access>` },
  account: { title: 'Account', show: () => html`<carnet-account></carnet-account>` },
};

/** Where one can go, and what one has to be permitted for that. */
const TABS = {
  framework: 'readNode', world: 'listAvatars', record: 'searchRecords', mine: 'listThings', signals: 'listSignals', access: 'listDecisions',
};
const STATES = { live: 'Live', connecting: 'Connecting', lost: 'Connection lost', idle: 'Connected' };
const REFRESH = 5000;

/** @returns {{page: string, id: string, more: string}} what the hash asks for; everything unknown is the first page that is open */
function route() {
  const [, page = '', id = '', more = ''] = location.hash.split('/').map(plain);
  return { page: page in PAGES ? page : (tabs()[0] ?? 'account'), id, more };
}

function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

const tabs = () => Object.keys(TABS).filter((page) => may(TABS[page]));

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
    this.#enter();
  }

  /** Nothing is asked of the node before it is known who asks. */
  async #enter() {
    try {
      if (!(await learn()).account) return signIn();
    } catch {
      this.problem = asProblem(new Error('The node does not answer.'));
      return;
    }
    standBy();
    this.route = route();
    this.#refresh();
    this.#load();
  }

  #navigate = () => {
    const before = this.route;
    this.route = route();
    this.#load();
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
    try {
      this.node = await getJson('/api/node');
      this.problem = null;
      this.online = true;
      setCover(this.node.name);
    } catch (error) {
      const problem = asProblem(error);
      this.online = problem.status !== 0;
      if (problem.unauthorized) return signIn();
      if (problem.forbidden) {
        // Whoever has no role here still has an account.
        this.node = { name: told().node };
        setCover(this.node.name);
        return;
      }
      this.problem = problem;
    }
    this.#timer = setTimeout(this.#refresh, REFRESH);
  };

  updated() {
    const title = PAGES[this.route.page].title;
    const about = this.route.page === 'avatar' ? this.route.id : title;
    this.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
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
          ${brand(this.node?.name)}
          <div class="cover-tools">
            ${account() ? html`<span class="connection" data-state=${state} role="status"><i></i>${STATES[state]}</span>` : nothing}
            ${account() ? html`<a class="who" href="#/account" aria-current=${this.route.page === 'account' ? 'page' : nothing}>${account()}</a><button class="small" @click=${signOut}>Sign out</button>` : nothing}
            ${themeSwitch(() => this.requestUpdate())}
          </div>
          ${account() && this.node ? this.#tabs() : nothing}
        </div>
      </div>
      ${account() && this.node?.did ? this.#identity() : nothing}`;
  }

  #tabs() {
    const current = this.route.page === 'avatar' ? 'world' : this.route.page;
    return html`
      <nav class="tabs" aria-label="Pages">
        ${tabs().map((page) => html`
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
    if (!this.node) return this.problem ? failed(this.problem, this.#refresh) : loading('Asking the node who it is …');
    const { page, id, more } = this.route;
    if (this.ready !== page) return this.problem ? failed(this.problem) : loading('Opening the page …');
    return PAGES[page].show(this.node, id, more);
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

customElements.define('carnet-app', App);
