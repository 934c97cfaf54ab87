// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.time.Duration;
import java.util.Optional;

/// R2: the records in their order, as they become durable.
public interface RecordFlow {
    /// Starts at the record with that index, which need not exist yet.
    Follower follow(long from);

    /// One reader of the flow; used by one thread.
    interface Follower extends AutoCloseable {
        /// The next record; waits until it is durable, but no longer than that.
        Optional<RecordReads.Stored> next(Duration longest) throws InterruptedException;

        @Override
        void close();
    }
}
