// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Reads the durable records one after another, and waits for those that come. Not thread-safe.
public final class Follower implements Closeable {
    private final Journal journal;
    private final JournalCursor cursor;
    private final Vault vault;

    Follower(Journal journal, Vault vault, long from) {
        this.journal = journal;
        this.cursor = journal.cursor(from);
        this.vault = vault;
    }

    /// The number of the record that comes next.
    public long index() {
        return cursor.index();
    }

    /// The next record; empty if there is none in time, or the ledger was closed.
    ///
    /// @param patience how long to wait; zero asks for what is there
    /// @throws LogDamaged if the bytes of the record are not those that were written
    public Optional<Stored> next(Duration patience) throws IOException, InterruptedException {
        long index = cursor.index();
        if (index >= journal.size() && !journal.awaitMoreThan(index, patience))
            return Optional.empty();
        var record = cursor.next();
        return record == null ? Optional.empty() : Optional.of(vault.open(index, record));
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
