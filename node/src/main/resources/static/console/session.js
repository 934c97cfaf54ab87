// SPDX-License-Identifier: Apache-2.0

/** @file Who is signed in with this browser. The session itself is a cookie, which no script can read. */

/**
 * @typedef {object} Presence
 * @property {string} node the node's name
 * @property {string} [account] absent if nobody is signed in
 * @property {string[]} [roles]
 * @property {string[]} [may] what the policies let one ask of the node, and of what belongs to others, by the names of actions
 * @property {string} [csrf] what requests carry that change something
 * @property {boolean} local whether one may sign in here, or only at one of the platforms
 * @property {{name: string, key: string, path: string, proves: boolean}[]} platforms with whose accounts one may sign in
 */

/** @type {Presence|null} */
let presence = null;

/** Asks the node, which alone knows. @returns {Promise<Presence>} */
export async function learn() {
  const answer = await fetch('/sign-in/session', { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The node answered ${answer.status}`);
  return adopt(await answer.json());
}

/** @param {Presence} told what the node said at sign-in */
export const adopt = (told) => (presence = told);

/** @returns {string|undefined} the name of the account that is signed in */
export const account = () => presence?.account;

/** @param {string} role */
export const has = (role) => presence?.roles?.includes(role) ?? false;

/** With whose accounts one may sign in. */
export const platforms = () => presence?.platforms ?? [];

/** Whether one may also sign in here. */
export const local = () => presence?.local ?? true;
/** Whether the policies let one ask this of the node, or of what belongs to others. @param {string} action */
export const may = (action) => presence?.may?.includes(action) ?? false;

/** What the node said last of who is signed in. */
export const told = () => presence;

export const csrf = () => presence?.csrf;

/** Opens the page where one signs in, which comes back here. @param {boolean} [again] even if somebody is signed in */
export function signIn(again = false) {
  const then = encodeURIComponent(location.pathname + location.hash);
  location.assign(`/sign-in?${again ? 'again&' : ''}then=${then}`);
}

export async function signOut() {
  await fetch('/sign-in/session', { method: 'DELETE' });
  location.assign('/sign-in');
}

/** Where to go after signing in: a page of this node and nowhere else, whatever the address says. */
export function destination() {
  const then = new URLSearchParams(location.search).get('then') ?? '/';
  try {
    const url = new URL(then, location.origin);
    return then.startsWith('/') && url.origin === location.origin ? url.href : '/';
  } catch {
    return '/';
  }
}
