// SPDX-License-Identifier: Apache-2.0

/** @file How numbers, times and long identifiers are written for people. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const few = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** @param {number} value */
export const count = (value) => whole.format(value);

/** A rate per second. @param {number} value */
export const rate = (value) => (value > 0 && value < 10 ? few.format(Math.round(value * 10) / 10) : whole.format(value));

/** A sensor value, or a text as it is. @param {unknown} value */
export function reading(value) {
  if (typeof value !== 'number') return String(value);
  return Math.abs(value) < 1e-3 && value !== 0 ? value.toExponential(1) : value.toFixed(Math.abs(value) >= 100 ? 1 : 3);
}

/** @param {string|number} time ISO text or ms */
export const time = (time) => clock.format(new Date(time));

/** Date and time. @param {string|number} time */
export const moment = (time) => `${day.format(new Date(time))}, ${clock.format(new Date(time))}`;

/** The time left until a moment, or the time since it. @param {string|number} time @param {number} [now] */
export function distance(time, now = Date.now()) {
  const ms = new Date(time).getTime() - now;
  if (Math.abs(ms) < 1500) return 'now';
  const text = span(Math.abs(ms));
  return ms >= 0 ? `in ${text}` : `${text} ago`;
}

/** A length of time in its largest fitting unit. @param {number} ms */
export function span(ms) {
  const units = [[86_400_000, 'day'], [3_600_000, 'hour'], [60_000, 'minute'], [1000, 'second']];
  for (const [size, unit] of units) {
    if (ms >= size) {
      const n = Math.floor(ms / size);
      return `${n} ${unit}${n === 1 ? '' : 's'}`;
    }
  }
  return ms > 0 ? `${Math.round(ms)} ms` : 'a moment';
}

/** How long something took. @param {number} ms */
export function wait(ms) {
  if (ms >= 1000) return `${few.format(ms / 1000)} s`;
  return `${few.format(ms)} ms`;
}

/** @param {number} value in bytes */
export function bytes(value) {
  for (const [size, unit] of [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']]) {
    if (value >= size) return `${few.format(value / size)} ${unit}`;
  }
  return `${value} bytes`;
}

/** The two ends of an identifier that is too long to read. @param {string} id */
export const short = (id, head = 14, tail = 6) => (id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`);

/** `acceleration-x` → `acceleration x`, `notBefore` → `not before`. @param {string} name */
export const words = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replaceAll('-', ' ');

/** A unit of the SenML registry as people write it. @param {string} [unit] */
export const unit = (unit) => (unit ?? '').replace('m/s2', 'm/s²');
