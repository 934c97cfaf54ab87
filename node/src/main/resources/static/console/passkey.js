// SPDX-License-Identifier: Apache-2.0

/** @file Passkeys: what the node asks, the browser answers. */

import { Problem, send } from './api.js';

/** Whether a passkey can belong to this address: browsers take a name, not numbers. */
export const possible = () => 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname);

/** @param {() => Promise<Credential|null>} act @param {string} title @param {string} detail */
async function told(act, title, detail) {
  try {
    return (await act()).toJSON();
  } catch (error) {
    if (error.name === 'InvalidStateError') {
      throw new Problem({ title: 'This device has a passkey already', detail: 'It is one of the passkeys of this account.' });
    }
    throw new Problem({ title, detail });
  }
}

/**
 * @param {string} path where the node says what it wants
 * @param {object} [body]
 * @param {RequestInit} [options]
 */
export async function make(path, body = {}, options = {}) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await send('POST', path, body, options));
  return told(
    () => navigator.credentials.create({ publicKey }),
    'No passkey was made',
    'The browser was told to stop, or took too long. You can try again.',
  );
}

/** @param {string} path where the node says what it wants */
export async function use(path) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await send('POST', path, {}));
  return told(
    () => navigator.credentials.get({ publicKey }),
    'No passkey was shown',
    'The browser was told to stop, or has no passkey for this node. You can try again, or sign in another way.',
  );
}

/** @param {string} agent what a browser says it is */
export function device(agent) {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)/.exec(agent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux|CrOS)/.exec(agent)?.[1];
  const names = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS', CrOS: 'ChromeOS' };
  return [browser, system].filter(Boolean).map((word) => names[word] ?? word).join(' on ') || 'A program';
}
