// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// A record in memory, which can be read.
final class Told implements Records {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Receipt> append(List<Entry> added) {
        long first = entries.size();
        entries.addAll(added);
        return CompletableFuture.completedFuture(new Receipt(first));
    }

    @Override
    public void append(List<Entry> added, Records.Told told) {
        told.durable(append(added).join());
    }

    @Override
    public CompletableFuture<Void> flushed() {
        return CompletableFuture.completedFuture(null);
    }

    /// What was recorded of an account.
    List<String> of(String account, Record.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.subject().equals(account) && entry.kind() == kind)
                .map(entry -> entry.details().toUtf8())
                .toList();
    }
}
