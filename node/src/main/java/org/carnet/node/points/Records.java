// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// R2: what agents put on the record of trustworthy storage.
public interface Records {
    /// Puts the entries on the record, all or none and next to one another.
    ///
    /// The future completes once they are on disk; nobody may be told of the act before.
    /// It completes exceptionally with [StorageFull] when the disk has no room, and then nothing was recorded.
    CompletableFuture<Receipt> append(List<Entry> entries);

    /// Puts the entries on the record likewise, and tells in the order of the records.
    ///
    /// All are told from the storage's own thread, so what is done then must be short and never block.
    void append(List<Entry> entries, Told told);

    /// Learns what became of entries; exactly one of the two is called.
    interface Told {
        void durable(Receipt receipt);

        void failed(Throwable failure);
    }

    /// Completes when everything appended so far is on disk.
    CompletableFuture<Void> flushed();
}
