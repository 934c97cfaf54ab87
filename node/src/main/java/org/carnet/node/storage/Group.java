// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Receipt;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Records that become durable together or not at all, and the future of whoever waits for that.
final class Group {
    final List<SealedRecord> records;
    final CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    final int bytes;

    /// The group that was queued before this one; see [Waiting].
    @Nullable Group older;

    Group(List<SealedRecord> records) {
        this.records = records;
        this.bytes = records.stream().mapToInt(Frame::size).sum();
    }
}
