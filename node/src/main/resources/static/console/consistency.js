// SPDX-License-Identifier: Apache-2.0

/** @file The check that a log grew from one signed checkpoint to another, told step by step. */

import { Proofs } from './tiles.js';
import { Malformed, Unverified, toBase64, verifyCheckpoint, verifyConsistency } from './tlog.js';

const HASH = 32;

/**
 * `fork` says that the log's own signatures convict it: it signed two trees of which neither grew from the other.
 *
 * @typedef {{act: 'signed', size: number, by: string}
 *   | {act: 'root', size: number, root: string, tiles: number}
 *   | {act: 'proof', hashes: number}
 *   | {act: 'verdict', ok: boolean, why: string, fork: boolean, origin: string, earlier: number, later: number}} Step
 */

/**
 * Does the check and tells each step; the verdict is the last.
 * @param {string[]} notes two signed checkpoints, in any order
 * @param {string} vkey the log's key
 * @param {(path: string) => Promise<Uint8Array>} readTile
 * @returns {AsyncGenerator<Step>}
 */
export async function* compare(notes, vkey, readTile) {
  const seen = { origin: vkey.split('+')[0], earlier: 0, later: 0 };
  const refused = (why, fork = false) => ({ act: 'verdict', ok: false, why, fork, ...seen });
  try {
    const signed = [];
    for (const note of notes) signed.push(await verifyCheckpoint(note, vkey));
    const [earlier, later] = signed.sort((a, b) => a.size - b.size);
    Object.assign(seen, { earlier: earlier.size, later: later.size });
    for (const { size, origin } of [earlier, later]) yield { act: 'signed', size, by: origin };
    if (earlier.size === later.size && toBase64(earlier.root) !== toBase64(later.root)) {
      yield refused(`the log signed two different trees of ${records(later.size)}`, true);
      return;
    }
    let tiles = 0;
    const proofs = new Proofs(path => (tiles++, readTile(path)), later.size);
    for (const { size, root } of earlier.size === later.size ? [later] : [later, earlier]) {
      const computed = await proofs.root(size);
      if (toBase64(computed) !== toBase64(root)) {
        // Tiles may be damaged; what they prove of the later tree is not.
        const proven = size < later.size && (await verifyConsistency(size, later.size, computed, later.root, await proofs.consistency(size)));
        yield refused(`the tiles of the log give another root for ${records(size)} than it signed`, proven);
        return;
      }
      yield { act: 'root', size, root: toBase64(computed), tiles };
    }
    if (earlier.size > 0) {
      const path = await proofs.consistency(earlier.size);
      if (!(await verifyConsistency(earlier.size, later.size, earlier.root, later.root, path))) {
        yield refused(`no proof leads from ${records(earlier.size)} to ${records(later.size)}`, true);
        return;
      }
      yield { act: 'proof', hashes: path.length };
    }
    yield { act: 'verdict', ok: true, why: '', fork: false, ...seen };
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof Unverified)) throw error;
    yield refused(error.message);
  }
}

const records = size => (size === 1 ? '1 record' : `${size.toLocaleString('en')} records`);

/**
 * Reads tiles as C2SP tlog-tiles wants it: a partial tile that is gone is the beginning of the full one.
 * @param {(path: string) => Promise<?Uint8Array>} fetchBytes null if there is no such file
 * @returns {(path: string) => Promise<Uint8Array>}
 */
export function tilesFrom(fetchBytes) {
  return async (path) => {
    const content = await fetchBytes(path);
    if (content) return content;
    const [, full, width] = /^(.*)\.p\/([0-9]+)$/.exec(path) ?? [];
    const whole = full && (await fetchBytes(full));
    if (!whole) throw new Unverified(`the log does not show the tile ${path}, which it needs for so many records`);
    return whole.slice(0, Number(width) * HASH);
  };
}
