// SPDX-License-Identifier: Apache-2.0

/** @file The keys that a log publishes, of which this browser can use one. */

import { CannotVerify, Malformed, vkeyType } from './tlog.js';

const ED25519 = 1;

/**
 * The key that browsers can check, of those that a log publishes at `/log.vkey`, one a line. The others, ML-DSA-44 of
 * type 6, are left to `carnet verify`: no browser knows them.
 * @param {string} published
 * @returns {string} its vkey
 */
export function ed25519Key(published) {
  if (!published.endsWith('\n')) throw new Malformed('the keys of the log do not end with a newline');
  const keys = published.slice(0, -1).split('\n');
  const key = keys.find(line => vkeyType(line) === ED25519);
  if (!key) throw new CannotVerify('cannot verify here: the log has no Ed25519 key');
  return key;
}
