// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.CompactTree;
import org.carnet.log.MerkleHash;
import org.carnet.log.SignedNote;

import java.util.List;

/// The checkpoints of a log whose records are numbers; `flavour` makes another log of the same origin.
record GrowingLog(String origin, String flavour) {
    Checkpoint at(long size) {
        var tree = new CompactTree();
        for (long i = 0; i < size; i++) {
            tree.append(MerkleHash.leaf(Bytes.utf8(flavour + i)));
        }
        return new Checkpoint(origin, size, tree.root());
    }

    /// The contract sees no signature, so one that nobody made does here.
    Bytes noteAt(long size) {
        var nobody = new SignedNote.Signature(origin, 1, Bytes.utf8("signed"));
        return new SignedNote(at(size).text(), List.of(nobody)).encode();
    }
}
