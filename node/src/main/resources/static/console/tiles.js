// SPDX-License-Identifier: Apache-2.0

/** @file Roots and proofs from the tiles that a log publishes (C2SP tlog-tiles), computed where the reader sits. */

import { Malformed, emptyRoot, nodeHash, requireSizes } from './tlog.js';

const HASH = 32;
const TILE_WIDTH = 256;

/**
 * Where a tile is served below the log's prefix: `tile/0/x001/x234/067.p/8`.
 * @param {number|'entries'} level
 * @param {number} width 256 if full
 */
export function tilePath(level, index, width = TILE_WIDTH) {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/**
 * The proofs of a tree of one size from its tiles. Wrong tiles only give proofs that do not verify.
 * @param {(path: string) => Promise<Uint8Array>} readTile fetches the content of a tile by its path
 */
export class Proofs {
  #readTile;
  #size;
  #tiles = new Map();

  constructor(readTile, size) {
    requireSizes(size);
    this.#readTile = readTile;
    this.#size = size;
  }

  /**
   * The root of the tree, or of an earlier one that it grew from.
   * @param {number} [earlier] how many leaves that had
   * @returns {Promise<Uint8Array>}
   */
  async root(earlier = this.#size) {
    if (!(earlier >= 0 && earlier <= this.#size)) throw new RangeError(`no tree of ${earlier}`);
    return earlier === 0 ? emptyRoot() : this.#hash(0, earlier);
  }

  /** @returns {Promise<Uint8Array[]>} PATH of RFC 9162 section 2.1.3.1 */
  async inclusion(index) {
    if (!(index >= 0 && index < this.#size)) throw new RangeError(`no leaf ${index}`);
    const path = [];
    let [start, end] = [0, this.#size];
    while (end - start > 1) {
      const split = start + largestPowerBelow(end - start);
      path.unshift(await (index < split ? this.#hash(split, end) : this.#hash(start, split)));
      if (index < split) end = split;
      else start = split;
    }
    return path;
  }

  /** @returns {Promise<Uint8Array[]>} PROOF of RFC 9162 section 2.1.4.1 */
  async consistency(earlier) {
    if (!(earlier >= 1 && earlier <= this.#size)) throw new RangeError(`no tree of ${earlier}`);
    const path = [];
    let [start, end] = [0, this.#size];
    while (end !== earlier) {
      const split = start + largestPowerBelow(end - start);
      path.unshift(await (earlier <= split ? this.#hash(split, end) : this.#hash(start, split)));
      if (earlier <= split) end = split;
      else start = split;
    }
    if (start > 0) path.unshift(await this.#hash(start, end));
    return path;
  }

  /** MTH(D[start:end]) */
  async #hash(start, end) {
    const power = largestPowerBelow(end - start);
    if (power * 2 === end - start || end - start === 1) return this.#perfect(start, end - start);
    return nodeHash(await this.#perfect(start, power), await this.#hash(start + power, end));
  }

  /** The hash over an aligned power of two of leaves: it lies within one tile. */
  async #perfect(start, leaves) {
    let level = 0;
    let unit = 1;
    for (; unit * TILE_WIDTH <= leaves; unit *= TILE_WIDTH) level++;
    const first = start / unit;
    const tile = await this.#tile(level, Math.floor(first / TILE_WIDTH), Math.floor(this.#size / unit));
    const offset = first % TILE_WIDTH;
    let hashes = [];
    for (let i = offset; i < offset + leaves / unit; i++) hashes.push(tile.slice(i * HASH, (i + 1) * HASH));
    while (hashes.length > 1) {
      const pairs = hashes.filter((_, i) => i % 2 === 0).map((left, i) => nodeHash(left, hashes[2 * i + 1]));
      hashes = await Promise.all(pairs);
    }
    return hashes[0];
  }

  async #tile(level, index, hashes) {
    const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
    const path = tilePath(level, index, width);
    if (!this.#tiles.has(path)) this.#tiles.set(path, await this.#readTile(path));
    const content = this.#tiles.get(path);
    if (content.length !== width * HASH) throw new Malformed(`${path} has ${content.length} bytes`);
    return content;
  }
}

function largestPowerBelow(n) {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
