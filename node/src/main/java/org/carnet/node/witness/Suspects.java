// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.log.VerifiedCheckpoint;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/// Checkpoints that their logs signed, that the witness did not cosign, and that the monitor has still to look at.
final class Suspects {
    private static final int MOST = 16;

    private final Map<String, Queue<VerifiedCheckpoint>> waiting = new ConcurrentHashMap<>();

    /// When many of one log wait already, one more tells nothing new.
    void add(VerifiedCheckpoint signed) {
        waiting.computeIfAbsent(
                        signed.checkpoint().origin(), origin -> new ArrayBlockingQueue<>(MOST))
                .offer(signed);
    }

    /// The next one of the log; null if there is none.
    @Nullable VerifiedCheckpoint next(String origin) {
        var queue = waiting.get(origin);
        return queue == null ? null : queue.poll();
    }
}
