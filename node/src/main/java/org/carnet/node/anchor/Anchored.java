// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;

import java.time.Instant;

/// A checkpoint that the chain keeps, with the note that signed it and the transaction that brought it there.
///
/// @param note the checkpoint as the log signed it; the chain keeps its size and root only
public record Anchored(Bytes note, String transaction, long block, Instant time) {
    public Checkpoint checkpoint() {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }
}
