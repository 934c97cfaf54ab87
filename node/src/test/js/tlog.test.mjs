// SPDX-License-Identifier: Apache-2.0
// Run by TlogScriptTest, which writes a small log with org.carnet.log and names its directory in CARNET_TEST_LOG.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';

import { compare, tilesFrom } from '../../main/resources/static/console/consistency.js';
import { ed25519Key } from '../../main/resources/static/console/log-keys.js';
import { parseRecord } from '../../main/resources/static/console/record-leaf.js';
import { Proofs, tilePath } from '../../main/resources/static/console/tiles.js';
import * as tlog from '../../main/resources/static/console/tlog.js';

const vectors = join(import.meta.dirname, '../../../../core/src/test/resources/merkle/testdata');
const log = process.env.CARNET_TEST_LOG;
const read = name => new Uint8Array(readFileSync(join(log, name)));
const readTile = path => readFile(join(log, path)).then(content => new Uint8Array(content));
const keys = () => new TextDecoder().decode(read('log.vkey'));
const vkey = () => ed25519Key(keys());

const published = {
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note:
    'This is an example message.\n\n— example.com/foo ' +
    'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};

async function judge(kind, count, verify) {
  const files = readdirSync(join(vectors, kind), { recursive: true }).filter(name => name.endsWith('.json'));
  assert.equal(files.length, count);
  for (const file of files) {
    const vector = JSON.parse(readFileSync(join(vectors, kind, file), 'utf8'));
    let accepted;
    try {
      accepted = await verify({ ...vector, proof: (vector.proof ?? []).map(tlog.fromBase64) });
    } catch (error) {
      assert.ok(error instanceof tlog.Malformed, `${file}: ${error.stack}`);
      accepted = false;
    }
    assert.equal(accepted, !vector.wantErr, `${kind}/${file}`);
  }
}

test('every published inclusion proof gets the verdict stated for it', () =>
  judge('inclusion', 49, v =>
    tlog.verifyInclusion(v.leafIdx, v.treeSize, tlog.fromBase64(v.leafHash), v.proof, tlog.fromBase64(v.root))));

test('every published consistency proof gets the verdict stated for it', () =>
  judge('consistency', 49, v =>
    tlog.verifyConsistency(v.size1, v.size2, tlog.fromBase64(v.root1), tlog.fromBase64(v.root2), v.proof)));

test('a path that goes on above the root is refused, even where it hashes to it', async () => {
  const [a, b, c, d] = await Promise.all([1, 2, 3, 4].map(i => tlog.leafHash(new Uint8Array([i]))));
  const left = await tlog.nodeHash(a, b);
  const root = await tlog.nodeHash(left, await tlog.nodeHash(c, d));
  assert.equal(await tlog.verifyInclusion(3, 4, d, [c, left], root), true);
  assert.equal(await tlog.verifyInclusion(1, 2, d, [c, left], root), false);
  const above = await tlog.nodeHash(a, await tlog.nodeHash(b, c));
  assert.equal(await tlog.verifyConsistency(1, 2, b, above, [c, a]), false);
});

test('the published note is signed by the published key, and no other text is', async () => {
  const key = await tlog.parseVkey(published.vkey);
  assert.equal(await tlog.isSignedBy(tlog.parseNote(published.note), key), true);
  assert.equal(await tlog.isSignedBy(tlog.parseNote(published.note.replace('example', 'exemple')), key), false);
  assert.equal(await tlog.isSignedBy(tlog.parseNote(published.note), { ...key, name: 'other' }), false);
  await assert.rejects(tlog.parseVkey(published.vkey.replace('530d', '530e')), tlog.Malformed);
});

test('of the two keys of a log the one is taken that browsers know', () => {
  const [first, second] = keys().split('\n');
  assert.equal(vkey(), first);
  assert.equal(ed25519Key(`${second}\n${first}\n`), first);
  assert.throws(() => ed25519Key(`${second}\n`), tlog.CannotVerify);
  for (const wrong of [first, '', `${second.slice(0, -3)}\n`, 'nonsense\n']) {
    assert.throws(() => ed25519Key(wrong), Error, wrong);
  }
});

test('what is not exactly a note is refused', () => {
  for (const wrong of [
    '', 'text\n', 'text\n\n', 'text\n\n\n', 'text\n— a AAAAAAA=\n', 'text\n\n— a AAAAAAA=', 'text\n\n- a AAAAAAA=\n',
    'text\n\n— a  AAAAAAA=\n', 'text\n\n— a AAAAAA==\n', 'text\n\n— a AAAAAAB=\n', 'text\n\n— a AAAAAAA\n',
    'text\n\n— a+b AAAAAAA=\n', 'text\n\n— a\u00a0b AAAAAAA=\n', 'text\r\n\n— a AAAAAAA=\n', 'text\n\n— a AAAAAAA=\r\n',
    'text\ud800\n\n— a AAAAAAA=\n', new Uint8Array([0xe9, ...new TextEncoder().encode(published.note)]),
  ]) {
    assert.throws(() => tlog.parseNote(wrong), tlog.Malformed, JSON.stringify(wrong));
  }
});

test('what is not exactly a checkpoint is refused', () => {
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  assert.equal(tlog.parseCheckpoint(`log\n20852163\n${root}\n`).size, 20852163);
  for (const wrong of ['', 'log\n1\n', `log\n1\n${root}`, `\n1\n${root}\n`, `log\n01\n${root}\n`, `log\n-1\n${root}\n`,
    `log\n9007199254740993\n${root}\n`, 'log\n1\nAAAA\n']) {
    assert.throws(() => tlog.parseCheckpoint(wrong), tlog.Malformed, JSON.stringify(wrong));
  }
});

test('a tile is found where the specification puts it', () => {
  assert.equal(tilePath(0, 1234067), 'tile/0/x001/x234/067');
  assert.equal(tilePath(1, 0, 17), 'tile/1/000.p/17');
  assert.equal(tilePath('entries', 273, 112), 'tile/entries/273.p/112');
});

test('a proof made by the node is believed, and no changed byte of it', async () => {
  const proof = read('record.tlog-proof');
  const { extra } = tlog.parseProof(proof);
  const where = await tlog.verifyProof(proof, extra, vkey());
  assert.deepEqual([where.origin, where.size, where.index], ['carnet.test/log', 300, 263]);
  // The last line is the ML-DSA-44 signature, which no browser checks.
  const checked = proof.lastIndexOf(10, proof.length - 2);
  for (let at = 0; at < checked; at++) {
    const changed = proof.slice();
    changed[at] ^= 1 << at % 8;
    await assert.rejects(
      async () => tlog.verifyProof(changed, tlog.parseProof(changed).extra ?? extra, vkey()),
      error => error instanceof tlog.Malformed || error instanceof tlog.Unverified,
      `byte ${at}`,
    );
  }
});

test('a proof of one entry proves no other', async () => {
  const proof = read('record.tlog-proof');
  const other = tlog.parseProof(proof).extra.slice();
  other[74] ^= 1;
  await assert.rejects(tlog.verifyProof(proof, other, vkey()), tlog.Unverified);
});

test('the checkpoints of a log that grew are consistent by its tiles', async () => {
  const earlier = await tlog.verifyCheckpoint(read('earlier'), vkey());
  const later = await tlog.verifyCheckpoint(read('checkpoint'), vkey());
  const proofs = new Proofs(readTile, later.size);
  assert.deepEqual(await proofs.root(), later.root);
  const path = await proofs.consistency(earlier.size);
  assert.equal(await tlog.verifyConsistency(earlier.size, later.size, earlier.root, later.root, path), true);
  assert.equal(await tlog.verifyConsistency(earlier.size, later.size, later.root, later.root, path), false);
  await assert.rejects(tlog.verifyCheckpoint(read('checkpoint'), published.vkey), tlog.Unverified);
  await assert.rejects(tlog.verifyCheckpoint(read('foreign'), vkey()), /is of carnet.test\/other/);
});

test('a cosignature tells when it was made, and no changed byte of it passes', async () => {
  const [ed25519, mlDsa] = new TextDecoder().decode(read('witness.vkey')).trim().split('\n');
  const witness = await tlog.parseCosignerVkey(ed25519);
  const note = tlog.parseNote(read('cosigned'));
  assert.equal((await tlog.cosignedAt(note, witness)).toISOString(), '2025-11-20T12:00:00.000Z');
  assert.equal(tlog.vkeyType(mlDsa), 6);
  await assert.rejects(tlog.parseCosignerVkey(mlDsa), tlog.Malformed);
  await assert.rejects(tlog.parseCosignerVkey(vkey()), tlog.Malformed);
  await assert.rejects(async () => tlog.parseVkey(ed25519), tlog.Malformed);
  assert.equal(await tlog.cosignedAt(tlog.parseNote(read('checkpoint')), witness), null);
  assert.equal(await tlog.cosignedAt({ ...note, text: note.text.replace('300', '301') }, witness), null);
  const own = note.signatures.find(({ name, keyId }) => name === witness.name && keyId === witness.keyId);
  const changed = signature => tlog.cosignedAt({ ...note, signatures: [{ ...own, signature }] }, witness);
  for (let at = 0; at < 72; at++) {
    assert.equal(await changed(own.signature.with(at, own.signature[at] ^ 1)), null, `byte ${at}`);
  }
  assert.equal(await changed(own.signature.slice(0, -1)), null);
  assert.ok(await changed(own.signature));
});

/** The steps of a comparison, the verdict last. */
async function steps(one, other, reader = readTile) {
  const told = [];
  for await (const step of compare([read(one), read(other)], vkey(), reader)) told.push(step);
  return told;
}

test('two checkpoints of one log are compared whichever is named first', async () => {
  for (const [one, other] of [['earlier', 'checkpoint'], ['checkpoint', 'earlier']]) {
    const told = await steps(one, other);
    assert.deepEqual(told.map(({ act }) => act), ['signed', 'signed', 'root', 'root', 'proof', 'verdict']);
    assert.deepEqual(told.at(-1), { act: 'verdict', ok: true, why: '', fork: false, origin: 'carnet.test/log', earlier: 77, later: 300 });
  }
  assert.equal((await steps('checkpoint', 'checkpoint')).at(-1).ok, true);
  assert.equal((await steps('empty', 'checkpoint')).at(-1).ok, true);
});

test('checkpoints that do not follow from one another are refused with the reason', async () => {
  const verdicts = {
    foreign: ['is of carnet.test/other', false],
    forged: ['not signed by carnet.test/log', false],
    fork: ['signed two different trees of 300 records', true],
    rewritten: ['another root for 77 records than it signed', true],
    cosigned: ['', false],
  };
  for (const [name, [why, fork]] of Object.entries(verdicts)) {
    const verdict = (await steps(name, 'checkpoint')).at(-1);
    assert.equal(verdict.ok, why === '', name);
    assert.ok(verdict.why.includes(why), `${name}: ${verdict.why}`);
    assert.equal(verdict.fork, fork, name);
  }
});

test('tiles that are not those of the log convict nobody and prove nothing', async () => {
  for (const which of ['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']) {
    const spoiled = async path => (path === which ? (await readTile(path)).with(5, 0) : readTile(path));
    const { ok, fork } = (await steps('earlier', 'checkpoint', spoiled)).at(-1);
    assert.deepEqual([ok, fork], [false, false], which);
  }
  const missing = tilesFrom(async () => null);
  assert.match((await steps('earlier', 'checkpoint', missing)).at(-1).why, /does not show the tile/);
});

test('a partial tile that is gone is read from the full one', async () => {
  const full = await readTile('tile/0/000');
  const reader = tilesFrom(async path => (path === 'tile/0/000' ? full : null));
  assert.deepEqual(await reader('tile/0/000.p/7'), full.slice(0, 7 * 32));
  assert.deepEqual(await reader('tile/0/000'), full);
});

test('every proof from tiles verifies, at every size', async () => {
  const entries = read('entries');
  const leaf = index => tlog.leafHash(entries.slice(index * 75, (index + 1) * 75));
  const level0 = Buffer.concat([await readTile('tile/0/000'), await readTile('tile/0/001.p/44')]);
  for (const size of [1, 2, 3, 7, 64, 255, 256, 257, 300]) {
    const cut = async path => {
      const [, level, index, width = 256] = path.match(/tile\/(\d)\/00(\d)(?:\.p\/(\d+))?/);
      const start = Number(index) * 256;
      return level === '0' ? level0.subarray(start * 32, (start + Number(width)) * 32) : readTile('tile/1/000.p/1');
    };
    const proofs = new Proofs(cut, size);
    const root = await proofs.root();
    for (const index of [0, size >> 1, size - 1]) {
      assert.ok(await tlog.verifyInclusion(index, size, await leaf(index), await proofs.inclusion(index), root));
      const earlier = index + 1;
      const earlierRoot = await new Proofs(cut, earlier).root();
      const path = await proofs.consistency(earlier);
      assert.ok(await tlog.verifyConsistency(earlier, size, earlierRoot, root, path), `${earlier} to ${size}`);
      assert.deepEqual(await proofs.root(earlier), earlierRoot);
    }
  }
});

test('a record says what the node wrote', () => {
  const leaf = tlog.parseProof(read('record.tlog-proof')).extra;
  const record = parseRecord(leaf);
  assert.equal(record.kind, 'RECEIVED');
  assert.equal(record.assurance, 'THING');
  assert.equal(record.time.toISOString(), '2025-11-20T00:00:00.263Z');
  assert.equal(record.actor, '000102030405060708090a0b0c0d0e0f');
  assert.equal(record.about, '00000000000000000000000000000000');
  assert.throws(() => parseRecord(new Uint8Array(74)), tlog.Malformed);
  for (const [at, value] of [[0, 0], [0, 2], [1, 0], [1, 0xff], [2, 3], [3, 0x80]]) {
    assert.throws(() => parseRecord(leaf.with(at, value)), tlog.Malformed, `byte ${at} is ${value}`);
  }
});

test('a browser without the means says that it cannot verify', async () => {
  const real = globalThis.crypto;
  const key = await tlog.parseVkey(published.vkey);
  const importKey = async () => {
    throw new DOMException('Unrecognized name.', 'NotSupportedError');
  };
  try {
    Object.defineProperty(globalThis, 'crypto', { value: { subtle: { importKey } }, configurable: true });
    await assert.rejects(tlog.isSignedBy(tlog.parseNote(published.note), key), tlog.CannotVerify);
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    await assert.rejects(tlog.parseVkey(published.vkey), tlog.CannotVerify);
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: real, configurable: true });
  }
});
