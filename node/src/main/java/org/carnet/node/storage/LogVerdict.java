// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.VerifiedCheckpoint;

/// What came of verifying a log.
public sealed interface LogVerdict {
    /// Everything that was there to check is as its signed checkpoint says.
    record Verified(VerifiedCheckpoint checkpoint, Counts counts) implements LogVerdict {}

    /// Something is not as it was written.
    ///
    /// @param place the record or file
    /// @param check what does not hold for it
    record Failed(String place, String check) implements LogVerdict {}

    /// How much was checked.
    ///
    /// @param records whole records with their leaves
    /// @param uncovered how many of them came after the checkpoint
    /// @param opened how many sealed details were opened with the subjects' keys
    /// @param tiles tiles, partial ones included
    /// @param bundles bundles of entries, partial ones included
    /// @param snapshots snapshots of agents
    /// @param pruned how many of the first records were pruned: their hashes are in the tiles, what they said is gone
    record Counts(
            long records,
            long uncovered,
            long opened,
            long tiles,
            long bundles,
            long snapshots,
            long pruned) {}
}
