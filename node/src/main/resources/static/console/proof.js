// SPDX-License-Identifier: Apache-2.0

/** @file The check of one record, told step by step: from its bytes to the signed checkpoint. */

import { leafHash, nodeHash, parseCheckpoint, parseProof, toBase64, verifyProof } from './tlog.js';

/**
 * @typedef {{act: 'leaf', hash: string}
 *   | {act: 'join', side: 'left'|'right', beside: string, from: number, to: number, hash: string}
 *   | {act: 'root', same: boolean, computed: string, signed: string, size: number}
 *   | {act: 'verdict', ok: boolean, why: string, origin: string, size: number, index: number}} Step
 */

/**
 * Does the check and tells each step. The steps are for the eye; the verdict is that of {@link verifyProof} alone.
 * @param {string} content the `.tlog-proof`
 * @param {Uint8Array} leaf the bytes of the record
 * @param {string} vkey the log's key
 * @returns {AsyncGenerator<Step>}
 */
export async function* check(content, leaf, vkey) {
  const proof = parseProof(content);
  const { origin, size, root } = parseCheckpoint(proof.checkpoint.text);
  let hash = await leafHash(leaf);
  yield { act: 'leaf', hash: toBase64(hash) };
  const siblings = beside(proof.index, size);
  for (const [i, sibling] of proof.path.entries()) {
    const { side = 'right', from = 0, to = 0 } = siblings[i] ?? {};
    hash = await (side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling));
    yield { act: 'join', side, beside: toBase64(sibling), from, to, hash: toBase64(hash) };
  }
  const [computed, signed] = [toBase64(hash), toBase64(root)];
  yield { act: 'root', same: computed === signed, computed, signed, size };
  const index = proof.index;
  try {
    await verifyProof(content, leaf, vkey);
    yield { act: 'verdict', ok: true, why: '', origin, size, index };
  } catch (error) {
    yield { act: 'verdict', ok: false, why: error.message, origin, size, index };
  }
}

/**
 * What stands beside the way from a leaf to the root, lowest first (RFC 9162 section 2.1.3.1).
 * @param {number} index of the leaf
 * @param {number} size of the tree
 * @returns {{side: 'left'|'right', from: number, to: number}[]} records from (included) to (excluded)
 */
export function beside(index, size) {
  const found = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    let power = 1;
    while (power * 2 < to - from) power *= 2;
    const middle = from + power;
    if (index < middle) {
      found.unshift({ side: 'right', from: middle, to });
      to = middle;
    } else {
      found.unshift({ side: 'left', from, to: middle });
      from = middle;
    }
  }
  return found;
}

/**
 * The key this browser saw first from a log, so that a node that changes its key is noticed.
 * @param {string} origin @param {string} vkey
 * @returns {{vkey: string, since: number, changed: boolean}}
 */
export function firstSeen(origin, vkey) {
  const name = `carnet-vkey ${origin}`;
  const known = JSON.parse(localStorage.getItem(name) ?? 'null');
  if (known) return { ...known, changed: known.vkey !== vkey };
  return { ...takeKey(origin, vkey), changed: false };
}

/** Believes this key from now on. @param {string} origin @param {string} vkey */
export function takeKey(origin, vkey) {
  const seen = { vkey, since: Date.now() };
  localStorage.setItem(`carnet-vkey ${origin}`, JSON.stringify(seen));
  return seen;
}
