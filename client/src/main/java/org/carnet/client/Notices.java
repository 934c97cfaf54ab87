// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// How many records the node says are included and witnessed, and who waits for which.
final class Notices {
    private final Map<Level, Long> sizes = new EnumMap<>(Level.class);
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable IOException lost;

    private record Waiting(Level level, long record, CompletableFuture<Long> reached) {}

    /// Reads `{"included":size}` and the like.
    void hear(JsonNode notice) {
        for (var level : Level.values()) {
            var size = notice.path(level.name().toLowerCase(Locale.ROOT));
            if (size.isIntegralNumber()) reached(level, size.asLong());
        }
    }

    private void reached(Level level, long size) {
        var due = new ArrayList<Waiting>();
        synchronized (this) {
            sizes.merge(level, size, Math::max);
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
                var one = all.next();
                if (one.level() != level || one.record() >= size) continue;
                due.add(one);
                all.remove();
            }
        }
        due.forEach(one -> one.reached().complete(size));
    }

    /// Completes with the number of records that are acknowledged so, once this record is one of them.
    synchronized CompletableFuture<Long> await(Level level, long record) {
        long size = sizes.getOrDefault(level, 0L);
        if (size > record) return CompletableFuture.completedFuture(size);
        if (lost != null) return CompletableFuture.failedFuture(lost);
        var reached = new CompletableFuture<Long>();
        waiting.add(new Waiting(level, record, reached));
        return reached;
    }

    /// No more notices will come.
    void lose(IOException cause) {
        List<Waiting> all;
        synchronized (this) {
            lost = cause;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(one -> one.reached().completeExceptionally(cause));
    }
}
