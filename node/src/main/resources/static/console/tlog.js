// SPDX-License-Identifier: Apache-2.0

/**
 * Checks a Carnet log where the reader sits, so that the page need not be believed by the node's word.
 *
 * The same rules as `org.carnet.log`, in plain JavaScript without dependencies: RFC 9162 proofs, and the C2SP forms
 * signed-note, tlog-checkpoint and tlog-proof; `tiles.js` has tlog-tiles. Hashes are `Uint8Array`s of 32 bytes, sizes and indices are
 * integers up to 2^53 - 1. What is malformed throws {@link Malformed}; what is well formed and not to be believed is
 * `false` or throws {@link Unverified}; what this browser cannot check throws {@link CannotVerify}.
 */

/** Not the bytes of what it should be. */
export class Malformed extends Error {}

/** Well formed, and not to be believed. */
export class Unverified extends Error {}

/** Neither right nor wrong: this browser lacks what the check needs. */
export class CannotVerify extends Error {}

const HASH = 32;
const MAX_NOTE = 1_000_000;
const MAX_SIGNATURES = 100;
const ED25519 = 1;
const COSIGNER = 4;
const ED25519_SIGNATURE = 64;

// ── Bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @returns {string} RFC 4648 section 4, with padding */
export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Strict: only the canonical text of the bytes is taken.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function fromBase64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  } catch {
    throw new Malformed('not base64');
  }
  if (toBase64(bytes) !== text) throw new Malformed('not the canonical base64 of its bytes');
  return bytes;
}

/** @returns {string} lower-case hexadecimal */
export function toHex(bytes) {
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const utf8 = text => new TextEncoder().encode(text);

function parseHash(text) {
  const bytes = fromBase64(text);
  if (bytes.length !== HASH) throw new Malformed(`a hash has 32 bytes, not ${bytes.length}`);
  return bytes;
}

function parseDecimal(text) {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) throw new Malformed(`not a decimal number: '${text}'`);
  if (!Number.isSafeInteger(Number(text))) throw new Malformed(`too large for this page: ${text}`);
  return Number(text);
}

function text(content) {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Malformed('not UTF-8');
  }
}

function subtle() {
  if (!globalThis.crypto?.subtle) {
    throw new CannotVerify('cannot verify here: the browser offers cryptography only over HTTPS or on this machine');
  }
  return globalThis.crypto.subtle;
}

async function sha256(...parts) {
  return new Uint8Array(await subtle().digest('SHA-256', concat(...parts)));
}

// ── Merkle tree (RFC 9162 section 2.1) ──────────────────────────────────────────────────────────────────────────────

/** SHA-256(0x00 | entry). @param {Uint8Array} entry @returns {Promise<Uint8Array>} */
export function leafHash(entry) {
  return sha256([0], entry);
}

/** SHA-256(0x01 | left | right). @returns {Promise<Uint8Array>} */
export function nodeHash(left, right) {
  return sha256([1], left, right);
}

/** The root of the tree without leaves. @returns {Promise<Uint8Array>} */
export function emptyRoot() {
  return sha256();
}

export function requireSizes(...sizes) {
  if (!sizes.every(size => Number.isSafeInteger(size) && size >= 0)) {
    throw new Malformed('an index or size is not a whole number up to 2^53 - 1');
  }
}

function requireHashes(...hashes) {
  if (!hashes.every(hash => hash instanceof Uint8Array && hash.length === HASH)) {
    throw new Malformed('a hash has 32 bytes');
  }
}

/** Halves once, and until odd: the rightmost node rises alone until it has a left sibling. */
const half = n => Math.floor(n / 2);
const isOdd = n => n % 2 === 1;

/**
 * Whether the leaf stands at `index` of the tree of `size` leaves with this root (RFC 9162 section 2.1.3.2).
 * @param {Uint8Array[]} path the hashes beside the way to the root, lowest first
 * @returns {Promise<boolean>}
 */
export async function verifyInclusion(index, size, leaf, path, root) {
  requireSizes(index, size);
  requireHashes(leaf, root, ...path);
  if (index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = await nodeHash(sibling, hash);
      for (; node !== 0 && !isOdd(node); node = half(node)) last = half(last);
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

/**
 * Whether the tree of `size` leaves grew from that of `earlier` by appending only (RFC 9162 section 2.1.4.2).
 * @returns {Promise<boolean>}
 */
export async function verifyConsistency(earlier, size, earlierRoot, root, path) {
  requireSizes(earlier, size);
  requireHashes(earlierRoot, root, ...path);
  if (earlier === 0 || earlier > size) return false;
  if (earlier === size) return path.length === 0 && equal(earlierRoot, root);
  let node = earlier - 1;
  let last = size - 1;
  for (; isOdd(node); node = half(node)) last = half(last);
  const proof = node === 0 ? [earlierRoot, ...path] : path;
  if (proof.length === 0) return false;
  let before = proof[0];
  let after = proof[0];
  for (const sibling of proof.slice(1)) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      for (; node !== 0 && !isOdd(node); node = half(node)) last = half(last);
    } else {
      after = await nodeHash(after, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equal(before, earlierRoot) && equal(after, root);
}

// ── Notes, checkpoints, proofs (C2SP signed-note, tlog-checkpoint, tlog-proof) ──────────────────────────────────────

/**
 * @param {string|Uint8Array} content
 * @returns {{text: string, signatures: {name: string, keyId: string, signature: Uint8Array}[]}}
 */
export function parseNote(content) {
  const note = text(content);
  if (note.length > MAX_NOTE) throw new Malformed('the note is too long');
  if (/[\x00-\x09\x0b-\x1f]/.test(note) || !note.isWellFormed()) throw new Malformed('the note has forbidden characters');
  const end = note.lastIndexOf('\n\n') + 1;
  if (end === 0) throw new Malformed('the note has no blank line before its signatures');
  if (!note.endsWith('\n')) throw new Malformed('the note does not end with a newline');
  const signatures = note.slice(end + 1, -1).split('\n').map(parseSignature);
  if (signatures.length > MAX_SIGNATURES) throw new Malformed('the note has too many signatures');
  return { text: note.slice(0, end), signatures };
}

function parseSignature(line) {
  const parts = line.split(' ');
  if (parts.length !== 3 || parts[0] !== '—') throw new Malformed('the note has a line that is not a signature');
  requireKeyName(parts[1]);
  const bytes = fromBase64(parts[2]);
  if (bytes.length <= 4) throw new Malformed('the note has a truncated signature');
  return { name: parts[1], keyId: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) };
}

function requireKeyName(name) {
  if (name === '' || /[\p{Z}\x85+\x00-\x20]/u.test(name)) throw new Malformed(`not the name of a key: '${name}'`);
}

/**
 * The key by whose name a note is believed: `name+id+base64(0x01 | public key)`.
 * @returns {Promise<{name: string, keyId: string, publicKey: Uint8Array}>}
 */
export function parseVkey(vkey) {
  return parseKey(vkey, ED25519);
}

/**
 * The key by whose name a cosignature is believed: `name+id+base64(0x04 | public key)`.
 * @returns {Promise<{name: string, keyId: string, publicKey: Uint8Array}>}
 */
export function parseCosignerVkey(vkey) {
  return parseKey(vkey, COSIGNER);
}

/** The type of a vkey: 1 for Ed25519, 4 for Ed25519 cosignatures, 6 for ML-DSA-44. @param {string} vkey */
export function vkeyType(vkey) {
  return fromBase64(vkey.split('+').slice(2).join('+'))[0];
}

async function parseKey(vkey, type) {
  const [name, keyId, ...rest] = vkey.split('+');
  requireKeyName(name);
  const key = fromBase64(rest.join('+'));
  if (key.length !== 33 || key[0] !== type) {
    throw new Malformed(`the vkey is not of an Ed25519 ${type === COSIGNER ? 'cosigner' : 'key'}`);
  }
  const id = toHex((await sha256(utf8(`${name}\n`), key)).slice(0, 4));
  if (id !== keyId) throw new Malformed('the vkey has an id that is not of its key');
  return { name, keyId, publicKey: key.slice(1) };
}

/**
 * Whether the key signed the note. Lines that name the key but do not verify spoil it.
 * @returns {Promise<boolean>}
 */
export async function isSignedBy(note, key) {
  const own = linesOf(note, key);
  if (own.length === 0) return false;
  const publicKey = await importKey(key);
  for (const { signature } of own) {
    if (!(await subtle().verify('Ed25519', publicKey, signature, utf8(note.text)))) return false;
  }
  return true;
}

/**
 * When the cosigner with this key signed the checkpoint (C2SP tlog-cosignature, the form with Ed25519); null if it did
 * not. Lines that name the key but do not verify spoil it.
 * @returns {Promise<?Date>} the latest, should there be several
 */
export async function cosignedAt(note, key) {
  const own = linesOf(note, key);
  if (own.length === 0) return null;
  const publicKey = await importKey(key);
  let latest = 0;
  for (const { signature } of own) {
    if (signature.length !== 8 + ED25519_SIGNATURE) return null;
    const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    if (seconds > 8_640_000_000_000n) return null;
    const message = utf8(`cosignature/v1\ntime ${seconds}\n${note.text}`);
    if (!(await subtle().verify('Ed25519', publicKey, signature.slice(8), message))) return null;
    latest = Math.max(latest, Number(seconds));
  }
  return new Date(latest * 1000);
}

const linesOf = (note, key) => note.signatures.filter(s => s.name === key.name && s.keyId === key.keyId);

async function importKey(key) {
  try {
    return await subtle().importKey('raw', key.publicKey, { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    if (error.name !== 'NotSupportedError') throw error;
    throw new CannotVerify('cannot verify here: this browser does not know Ed25519 signatures');
  }
}

/**
 * @param {string} content the text of a note
 * @returns {{origin: string, size: number, root: Uint8Array}}
 */
export function parseCheckpoint(content) {
  const lines = content.split('\n');
  if (lines.length < 4 || lines.pop() !== '') throw new Malformed('the checkpoint has fewer than three lines');
  if (lines.includes('')) throw new Malformed('the checkpoint has an empty line');
  return { origin: lines[0], size: parseDecimal(lines[1]), root: parseHash(lines[2]) };
}

/**
 * The checkpoint in a note that the log with this vkey signed; throws {@link Unverified} if it did not.
 * @param {string|Uint8Array} note
 * @param {string} vkey
 */
export async function verifyCheckpoint(note, vkey) {
  return checkpointOf(parseNote(note), await parseVkey(vkey));
}

async function checkpointOf(note, key) {
  if (!(await isSignedBy(note, key))) throw new Unverified(`the checkpoint is not signed by ${key.name}`);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== key.name) throw new Unverified(`the checkpoint is of ${checkpoint.origin}`);
  return checkpoint;
}

/**
 * @param {string|Uint8Array} content a `.tlog-proof`
 * @returns {{extra: ?Uint8Array, index: number, path: Uint8Array[], checkpoint: object}}
 */
export function parseProof(content) {
  const proof = text(content);
  const end = proof.indexOf('\n\n');
  if (end < 0) throw new Malformed('the proof has no blank line before its checkpoint');
  const [first, ...lines] = proof.slice(0, end).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1') throw new Malformed('the proof does not begin as one');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift().slice(6)) : null;
  if (!lines[0]?.startsWith('index ')) throw new Malformed('the proof has no index');
  const index = parseDecimal(lines.shift().slice(6));
  return { extra, index, path: lines.map(parseHash), checkpoint: parseNote(proof.slice(end + 2)) };
}

/**
 * Checks that the entry is on the record of the log with this vkey; throws {@link Unverified} if that is not proved.
 * @param {string|Uint8Array} content a `.tlog-proof`
 * @param {Uint8Array} entry the bytes of the entry: for Carnet a record of 75 bytes
 * @returns {Promise<{origin: string, size: number, root: Uint8Array, index: number}>} where it stands
 */
export async function verifyProof(content, entry, vkey) {
  const proof = parseProof(content);
  const checkpoint = await checkpointOf(proof.checkpoint, await parseVkey(vkey));
  const leaf = await leafHash(entry);
  if (!(await verifyInclusion(proof.index, checkpoint.size, leaf, proof.path, checkpoint.root))) {
    throw new Unverified(`no such entry stands at ${proof.index} of ${checkpoint.size}`);
  }
  return { ...checkpoint, index: proof.index };
}
