// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;

import java.time.Instant;

/// A transaction that was signed and of which the chain has not said the last word.
///
/// @param note the signed checkpoint that it anchors
/// @param number the account's number for it, of which the chain lets through one only
/// @param signedAt when, which says when to offer more
record Attempt(
        Bytes note,
        long number,
        long gas,
        Fees fees,
        SignedTransaction transaction,
        Instant signedAt) {
    Checkpoint checkpoint() {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }
}
