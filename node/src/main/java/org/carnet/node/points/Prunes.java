// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.time.Instant;

/// R2: old records are removed, and what proofs need stays (c2sp.org/tlog-tiles, Pruning).
public interface Prunes {
    /// The first record that would be kept if those went that are older than that, that a checkpoint covers, and that no
    /// snapshot needs; 0 if nothing would go. Records go by whole segments of the journal.
    long prunable(Instant before);

    /// What the record of a removal is about: anybody can tell from it which records are gone.
    String named(long first);

    /// Removes all records before this one. That is on the record already.
    void prune(long first);
}
