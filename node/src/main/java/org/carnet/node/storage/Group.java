// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Records that become durable together or not at all, and who is told which of the two it was.
final class Group {
    private static final System.Logger LOG = System.getLogger(Group.class.getName());

    final List<SealedRecord> records;
    final int bytes;
    private final Records.Told told;

    /// The group that was queued before this one; see [Waiting].
    @Nullable Group older;

    Group(List<SealedRecord> records, Records.Told told) {
        int sum = 0;
        for (var record : records) sum += Frame.size(record);
        this.records = records;
        this.bytes = sum;
        this.told = told;
    }

    /// A group that completes a future.
    static Group completing(CompletableFuture<Receipt> future, List<SealedRecord> records) {
        return new Group(
                records,
                new Records.Told() {
                    @Override
                    public void durable(Receipt receipt) {
                        future.complete(receipt);
                    }

                    @Override
                    public void failed(Throwable failure) {
                        future.completeExceptionally(failure);
                    }
                });
    }

    /// Tells that the records are on disk; who is told cannot stop the others from being told, too.
    void durable(Receipt receipt) {
        try {
            told.durable(receipt);
        } catch (RuntimeException | Error bug) {
            LOG.log(System.Logger.Level.ERROR, "whose record is durable could not be told", bug);
        }
    }

    /// Tells that the records were not kept.
    void failed(Throwable failure) {
        try {
            told.failed(failure);
        } catch (RuntimeException | Error bug) {
            LOG.log(System.Logger.Level.ERROR, "whose record failed could not be told", bug);
        }
    }
}
