// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Puts what owners decide of their things on the record.
final class Diary {
    private final Records records;

    Diary(Records records) {
        this.records = records;
    }

    /// An act of an owner, sealed under the owner's key.
    static Entry entry(Record.Kind kind, String owner, String about, Bytes details) {
        return new Entry(kind, Assurance.NONE, owner, owner, about, details);
    }

    /// Returns once it is durable; answers the index of its record.
    long write(Entry entry) {
        return durable(records.append(List.of(entry)));
    }

    /// The same, where the effect holds from that place of the record on: no update of the thing comes in between.
    ///
    /// @param effect answers what takes it back, should the record not be written
    long write(Thing thing, List<Entry> entries, Supplier<Runnable> effect) {
        CompletableFuture<Receipt> written;
        Runnable undo;
        synchronized (thing) {
            written = records.append(entries);
            undo = effect.get();
        }
        try {
            return durable(written);
        } catch (RuntimeException failure) {
            undo.run();
            throw failure;
        }
    }

    private static long durable(CompletableFuture<Receipt> written) {
        try {
            return written.join().firstIndex();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFull full) throw full;
            throw e;
        }
    }
}
