// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.VerifiedCheckpoint;

/// What came of verifying a log of tlog-tiles, whoever made it.
public sealed interface TlogVerdict {
    /// Everything that is published is as the signed checkpoint says.
    ///
    /// @param pruned how many of the first entries are not published any more
    /// @param tiles how many tiles were compared, partial ones included
    /// @param bundles how many bundles of entries, partial ones included
    record Verified(VerifiedCheckpoint checkpoint, long pruned, long tiles, long bundles)
            implements TlogVerdict {}

    /// Something is not as it was signed.
    ///
    /// @param place the file or entry
    /// @param check what does not hold for it
    record Failed(String place, String check) implements TlogVerdict {}
}
