// SPDX-License-Identifier: Apache-2.0

/** @file The bearer token of this tab: taken from the address once, kept until the tab closes. */

const KEY = 'carnet-token';

/** Moves `#token=…` out of the address into this tab's storage, so that it is neither shown nor shared. */
export function adoptTokenFromAddress() {
  const match = /^#token=([^&]*)(?:&(.*))?$/.exec(location.hash);
  if (!match) return;
  remember(decodeURIComponent(match[1]));
  history.replaceState(null, '', `${location.pathname}#${match[2] || '/'}`);
}

/** @returns {string|null} the token, or null when nobody has given one */
export const token = () => sessionStorage.getItem(KEY);

/** @param {string} value */
export const remember = (value) => sessionStorage.setItem(KEY, value.trim());

export const forget = () => sessionStorage.removeItem(KEY);
