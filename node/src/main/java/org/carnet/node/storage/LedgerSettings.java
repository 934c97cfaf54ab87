// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.nio.file.Path;
import java.time.Duration;

/// Where a ledger keeps its files, and at what pace.
///
/// @param directory the data directory of the node
/// @param checkpointInterval the time between two checkpoints, and before a disk that failed or was full is tried again
/// @param segmentBytes the size of a segment of the journal
public record LedgerSettings(Path directory, Duration checkpointInterval, long segmentBytes) {
    public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
    public static final long DEFAULT_SEGMENT_BYTES = 64L << 20;

    /// The defaults.
    public static LedgerSettings in(Path directory) {
        return new LedgerSettings(directory, DEFAULT_CHECKPOINT_INTERVAL, DEFAULT_SEGMENT_BYTES);
    }
}
