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

    /// Completes when everything appended so far is on disk.
    CompletableFuture<Void> flushed();
}
