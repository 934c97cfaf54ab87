// SPDX-License-Identifier: Apache-2.0

/** @file What the leaf of a Carnet log says (docs/wire/record.md). */

import { Malformed, toHex } from './tlog.js';

const KINDS = [
  'REGISTERED', 'MAPPED', 'RECEIVED', 'APPLIED', 'DELIVERED', 'READ',
  'PAUSED', 'RESUMED', 'ENDED', 'REFUSED', 'STARTED', 'DEREGISTERED',
  'ERASED', 'PRUNED', 'DISTRUSTED', 'BACKED_UP', 'DRILLED', 'RESTORED', 'ANCHORED', 'REPORTED', 'REPAIRED',
  'DECIDED', 'ENROLLED', 'SIGNED_IN', 'CLAIMED', 'ROTATED', 'REVOKED', 'TRANSFERRED', 'ISSUED',
  'VERIFIED', 'SIGNALLED', 'APPEALED', 'GOVERNED', 'PRESENTED', 'PERMITTED',
];
const ASSURANCES = ['NONE', 'THING', 'GATEWAY'];

/**
 * The leaf of a Carnet log.
 * @param {Uint8Array} leaf 75 bytes
 * @returns {{kind: string, assurance: string, time: Date, actor: string, about: string, sealed: Uint8Array}}
 */
export function parseRecord(leaf) {
  if (leaf.length !== 75) throw new Malformed(`a record has 75 bytes, not ${leaf.length}`);
  if (leaf[0] !== 1) throw new Malformed(`no record has the version ${leaf[0]}`);
  const kind = KINDS[leaf[1] - 1];
  const assurance = ASSURANCES[leaf[2]];
  if (!kind || !assurance) throw new Malformed('the record has an unknown kind or assurance');
  const millis = new DataView(leaf.buffer, leaf.byteOffset).getBigUint64(3);
  if (millis > 8_640_000_000_000_000n) throw new Malformed('the record has a time beyond all calendars');
  return {
    kind,
    assurance,
    time: new Date(Number(millis)),
    actor: toHex(leaf.slice(11, 27)),
    about: toHex(leaf.slice(27, 43)),
    sealed: leaf.slice(43),
  };
}
