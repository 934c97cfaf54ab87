// SPDX-License-Identifier: Apache-2.0

/** @file How the record has grown since the node started: records, and what they take on disk. */

import { LitElement, html, nothing } from 'lit';
import uPlot from 'uplot';
import { getJson } from './api.js';
import { bytes, count, moment, time } from './format.js';
import { failed } from './notice.js';
import { panel } from './panel.js';
import { Poll } from './poll.js';
import { colour, themeChanges } from './theme.js';

const REFRESH = 10_000;
const HEIGHT = 170;

class Growth extends LitElement {
  static properties = { points: { state: true }, problem: { state: true } };

  #chart = null;
  #poll = new Poll(this, REFRESH, async () => (this.points = await getJson('/api/growth')));
  #resized = new ResizeObserver(() => this.#chart?.setSize({ width: this.#width, height: HEIGHT }));

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    themeChanges.addEventListener('change', this.#redraw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    themeChanges.removeEventListener('change', this.#redraw);
    this.#resized.disconnect();
    this.#chart?.destroy();
    this.#chart = null;
  }

  #redraw = () => {
    this.#chart?.destroy();
    this.#chart = null;
    this.requestUpdate();
  };

  get #place() {
    return this.querySelector('.growth-plot');
  }

  get #width() {
    return Math.max(220, Math.floor(this.#place.clientWidth));
  }

  updated() {
    if (!this.points?.length) return;
    const columns = [this.points.map(({ time }) => new Date(time).getTime() / 1000), this.points.map(({ records }) => records), this.points.map((point) => point.bytes)];
    if (this.#chart) {
      this.#chart.setData(columns);
      return;
    }
    const axis = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    const line = { width: 1.8, points: { show: false } };
    this.#chart = new uPlot({
      width: this.#width,
      height: HEIGHT,
      series: [
        { label: 'at', value: (_, at) => (at === null ? '–' : time(at * 1000)) },
        { ...line, label: 'records', scale: 'records', stroke: colour('--accent'), value: (_, value) => (value === null ? '–' : count(value)) },
        { ...line, label: 'on disk', scale: 'bytes', stroke: colour('--amber'), dash: [6, 3], value: (_, value) => (value === null ? '–' : bytes(value)) },
      ],
      axes: [
        { ...axis, space: 90, values: (_, ticks) => ticks.map((at) => time(at * 1000)) },
        { ...axis, scale: 'records', size: 54, values: (_, ticks) => ticks.map(compact) },
        { ...axis, scale: 'bytes', side: 1, size: 58, grid: { show: false }, values: (_, ticks) => ticks.map((value) => (value ? bytes(value) : '0')) },
      ],
      scales: { records: { range: fromZero }, bytes: { range: fromZero } },
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    }, columns, this.#place);
    this.#resized.observe(this.#place);
  }

  render() {
    const newest = this.points?.at(-1);
    const each = newest?.records ? Math.round(newest.bytes / newest.records) : 0;
    return panel('Storage', newest ? bytes(newest.bytes) : '…', html`
        ${this.problem ? failed(this.problem, this.#poll.now) : nothing}
        <div class="growth-plot"></div>
        ${newest ? html`<p class="fine">${count(newest.records)} records, ${count(each)} bytes each with the sealed details and the tree.
          Since ${moment(this.points[0].time)}, when the node started.</p>` : nothing}`);
  }
}

const compactly = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const compact = (value) => compactly.format(value);
const fromZero = (_, least, most) => [0, Math.max(1, most ?? 1) * 1.1];

customElements.define('carnet-growth', Growth);
