// SPDX-License-Identifier: Apache-2.0

/** @file Light, dark or as the system has it; and the cover colour, which each node has of its own. */

const KEY = 'carnet-theme';
const THEMES = ['auto', 'light', 'dark'];
const COVERS = ['navy', 'burgundy', 'forest', 'plum'];

/** Fires `change` whenever colours may have changed, for pictures that are drawn rather than styled. */
export const themeChanges = new EventTarget();

const changed = () => themeChanges.dispatchEvent(new Event('change'));

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);

/** @returns {'auto'|'light'|'dark'} */
export function theme() {
  const stored = localStorage.getItem(KEY);
  return THEMES.includes(stored) ? stored : 'auto';
}

/** @param {'auto'|'light'|'dark'} value */
export function setTheme(value) {
  localStorage.setItem(KEY, value);
  document.documentElement.dataset.theme = value;
  changed();
}

/** The next of auto, light, dark. */
export const nextTheme = () => THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];

/** Gives the page the cover of the node of this name, as passports of different states have. @param {string} name */
export function setCover(name) {
  document.documentElement.dataset.cover = COVERS[seed(name) % COVERS.length];
  changed();
}

/** A small number that always belongs to the same text (FNV-1a). @param {string} text */
export function seed(text) {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  return hash;
}

/**
 * The colour that a custom property has now, as `rgb(…)`.
 * @param {string} name for example `--ink`
 */
export function colour(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** Whether the reader asked for calm. */
export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
