// SPDX-License-Identifier: Apache-2.0

/** @file Live plots of an avatar's readings: history first, then what the stream brings. */

import uPlot from 'uplot';
import { reading, words } from './format.js';
import { colour } from './theme.js';

const MOST_ROWS = 12_000;
const HEIGHT = 190;
const COLOURS = ['--red', '--green', '--blue', '--violet', '--amber', '--slate'];

/**
 * Which properties share a plot: the axes of one vector do, everything else stands alone.
 * @param {string[]} properties
 * @returns {{name: string, properties: string[]}[]}
 */
export function groups(properties) {
  const byName = new Map();
  for (const property of [...properties].sort()) {
    const name = property.replace(/-[xyz]$/, '');
    byName.set(name, [...(byName.get(name) ?? []), property]);
  }
  return [...byName].map(([name, members]) => ({ name, properties: members }));
}

/** One plot with one line for each of its properties. */
export class Plot {
  #properties;
  #element;
  #unit;
  #rows = [];
  #chart = null;
  #resized = new ResizeObserver(() => this.#resize());

  /** @param {HTMLElement} element @param {string[]} properties @param {string} unit */
  constructor(element, properties, unit) {
    this.#element = element;
    this.#properties = properties;
    this.#unit = unit;
    this.build();
    this.#resized.observe(element);
  }

  /** Draws the plot anew, for instance in other colours. */
  build() {
    this.#chart?.destroy();
    const axis = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: '12px system-ui, sans-serif' };
    this.#chart = new uPlot({
      width: this.#width,
      height: HEIGHT,
      series: [{ label: 'at', value: (_, at) => (at === null ? '–' : clock(at)) }, ...this.#properties.map((property, i) => this.#line(property, i))],
      axes: [
        { ...axis, space: 90, values: (_, ticks) => ticks.map(clock) },
        { ...axis, size: 56, label: this.#unit, labelSize: 16, labelFont: '12px system-ui, sans-serif', labelGap: 0 },
      ],
      scales: { x: { time: false } },
      legend: { live: true },
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    }, [[], ...this.#properties.map(() => [])], this.#element);
  }

  #line(property, i) {
    const axis = /-([xyz])$/.exec(property);
    return { label: axis ? axis[1] : words(property), stroke: colour(COLOURS[i % COLOURS.length]), width: 1.6, spanGaps: true, points: { show: false }, value: (_, value) => (value === null ? '–' : reading(value)) };
  }

  get #width() {
    return Math.max(220, Math.floor(this.#element.clientWidth));
  }

  #resize() {
    this.#chart.setSize({ width: this.#width, height: HEIGHT });
  }

  /** @param {{property: string, time: number, value: any}[]} readings of any properties; times in ms */
  take(readings) {
    for (const { property, time, value } of readings) {
      const column = this.#properties.indexOf(property);
      if (column < 0 || typeof value !== 'number') continue;
      this.#row(time / 1000)[column + 1] = value;
    }
    if (this.#rows.length > MOST_ROWS) this.#rows.splice(0, this.#rows.length - MOST_ROWS);
  }

  /** The row of a moment; readings come nearly in order, so the search starts at the end. */
  #row(at) {
    let i = this.#rows.length;
    while (i > 0 && this.#rows[i - 1][0] > at) i--;
    if (i > 0 && this.#rows[i - 1][0] === at) return this.#rows[i - 1];
    const row = [at, ...this.#properties.map(() => null)];
    this.#rows.splice(i, 0, row);
    return row;
  }

  /** Shows the last seconds before the newest reading. @param {number} seconds */
  draw(seconds) {
    const end = this.#rows.at(-1)?.[0];
    if (end === undefined) return;
    const from = this.#rows.findIndex(([at]) => at >= end - seconds);
    const shown = this.#rows.slice(from);
    const columns = Array.from({ length: this.#properties.length + 1 }, (_, column) => shown.map((row) => row[column]));
    this.#chart.batch(() => {
      this.#chart.setData(columns, true);
      this.#chart.setScale('x', { min: end - seconds, max: end });
    });
  }

  destroy() {
    this.#resized.disconnect();
    this.#chart.destroy();
  }
}

const formatter = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clock = (seconds) => formatter.format(new Date(seconds * 1000));
