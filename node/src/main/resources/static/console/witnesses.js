// SPDX-License-Identifier: Apache-2.0

/** @file The connected platforms: what each has cosigned of this log, and whether its own log is to be trusted. */

import { LitElement, html, nothing } from 'lit';
import { getJson, getText } from './api.js';
import { count, distance, moment, time } from './format.js';
import { failed, stamp } from './notice.js';
import { panel } from './panel.js';
import { Poll } from './poll.js';
import { CannotVerify, cosignedAt, parseCheckpoint, parseCosignerVkey, parseNote, vkeyType } from './tlog.js';

const REFRESH = 2000;
const ED25519_COSIGNER = 4;

/** A witness that has not cosigned for so long although there was something to cosign is late. */
const PATIENCE = 10_000;

class Witnesses extends LitElement {
  static properties = { acks: { attribute: false }, peers: { state: true }, incidents: { state: true }, checked: { state: true }, problem: { state: true } };

  #poll = new Poll(this, REFRESH, () => this.#look());

  constructor() {
    super();
    this.checked = new Map();
  }

  createRenderRoot() {
    return this;
  }

  async #look() {
    const [{ peers, unmet }, incidents] = await Promise.all([getJson('/api/peers'), getJson('/witness/evidence')]);
    this.unmet = unmet;
    this.incidents = incidents;
    this.peers = peers;
    if (this.#reach('witnessed')) await this.#check();
  }

  /** Checks here what each witness signed beneath the newest checkpoint that counts as witnessed. */
  async #check() {
    const note = parseNote(await getText('/checkpoint.witnessed'));
    const { size } = parseCheckpoint(note.text);
    const checked = new Map();
    try {
      for (const { origin, witness } of this.peers) {
        const vkey = witness.find((key) => vkeyType(key) === ED25519_COSIGNER);
        const at = vkey && (await cosignedAt(note, await parseCosignerVkey(vkey)));
        if (at) checked.set(origin, { size, at });
      }
    } catch (error) {
      if (!(error instanceof CannotVerify)) throw error;
    }
    this.checked = checked;
  }

  #reach(level) {
    return this.acks?.acks.find((one) => one.level === level)?.size;
  }

  /** The node's clock, by which the times of its witnesses are told. */
  get #now() {
    return new Date(this.acks?.acks.find(({ level }) => level === 'durable')?.at ?? Date.now()).getTime();
  }

  render() {
    const open = (this.incidents ?? []).filter(({ overAt }) => !overAt);
    const strangers = open.filter(({ log }) => !(this.peers ?? []).some(({ origin }) => origin === log));
    return panel('Witnesses', this.#brief(open), html`
        ${this.problem ? failed(this.problem, this.#poll.now) : nothing}
        ${this.peers ? html`
          ${this.peers.length ? nothing : html`<p class="muted">No other platform is connected. The setting <code>witness.peers</code> names some, and whoever forwards here is connected by itself.</p>`}
          <ul class="witnesses">
            ${this.peers.map((peer) => this.#peer(peer, open.find(({ log }) => log === peer.origin)))}
            ${strangers.map((incident) => html`<li data-state="distrusted"><div class="witness-head"><strong>${incident.log}</strong>${stamp('distrusted')}</div>${accusation(incident)}</li>`)}
            ${this.unmet.map(({ url, trouble }) => html`<li data-state="unmet"><div class="witness-head"><strong>${url}</strong>${stamp('unmet')}</div><p class="fine">${trouble}</p></li>`)}
          </ul>` : nothing}`);
  }

  #brief(open) {
    if (!this.peers) return '…';
    if (open.length) return `${count(new Set(open.map(({ log }) => log)).size)} distrusted`;
    const agree = this.peers.filter((peer) => this.#state(peer) === 'agrees').length;
    return this.peers.length ? `${count(agree)} of ${count(this.peers.length)} agree` : 'none';
  }

  #state(peer, incident) {
    if (incident) return 'distrusted';
    if (!peer.witness.length) return 'no witness';
    if (peer.witnessTrouble || peer.cosigned === undefined) return 'silent';
    const behind = peer.cosigned < (this.#reach('included') ?? 0);
    return behind && this.#now - new Date(peer.cosignedAt) > PATIENCE ? 'late' : 'agrees';
  }

  #peer(peer, incident) {
    const state = this.#state(peer, incident);
    const here = this.checked.get(peer.origin);
    return html`
      <li data-state=${state} data-origin=${peer.origin}>
        <div class="witness-head"><strong>${peer.origin}</strong>${stamp(state)}</div>
        ${peer.cosigned === undefined
          ? html`<p class="muted">It has cosigned nothing of this log yet.</p>`
          : html`<p>cosigned <span class="number">${count(peer.cosigned)}</span> records <span class="muted" title=${moment(peer.cosignedAt)}>${distance(peer.cosignedAt, this.#now)}</span></p>`}
        ${here ? html`<p class="fine" data-checked=${here.size}>✓ This browser checked its signature under ${count(here.size)} records, made at ${time(here.at)}.</p>` : nothing}
        ${peer.witnessTrouble ? html`<p class="fine">${peer.witnessTrouble}</p>` : nothing}
        ${peer.logTrouble ? html`<p class="fine">Its own log cannot be followed: ${peer.logTrouble}</p>` : nothing}
        ${incident ? accusation(incident) : nothing}
      </li>`;
  }
}

const accusation = ({ kind, summary, evidence, record, proven, reportedAt }) => html`
  <p><strong>${kind}</strong>: ${summary}.</p>
  <p class="fine">${proven ? 'Its own signatures convict it.' : 'That is the word of this node.'} Found ${moment(reportedAt)}:
    <a href=${evidence} target="_blank">the evidence</a>, <a href="#/record/${record}">on the record</a>.</p>`;

customElements.define('carnet-witnesses', Witnesses);
