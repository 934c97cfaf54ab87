// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Records in memory, for a server without storage.
public final class MemoryRecords implements Records {
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public CompletableFuture<Receipt> append(List<Entry> more) {
        return CompletableFuture.completedFuture(add(more));
    }

    @Override
    public void append(List<Entry> more, Told told) {
        told.durable(add(more));
    }

    private synchronized Receipt add(List<Entry> more) {
        entries.addAll(more);
        return new Receipt(entries.size() - more.size());
    }

    /// What was put on the record, oldest first.
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public CompletableFuture<Void> flushed() {
        return CompletableFuture.completedFuture(null);
    }
}
