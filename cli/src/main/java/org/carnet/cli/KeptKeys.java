// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.database.Database;
import org.carnet.node.settings.Settings;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.StoredSubjectKeys;
import org.carnet.node.storage.SubjectKeys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;

/// The subjects' keys that a node keeps in its own database, while the node itself does not run.
final class KeptKeys implements AutoCloseable {
    private final FileLock lock;
    private final Database database;
    private final SubjectKeys keys;

    private KeptKeys(FileLock lock, Database database, SubjectKeys keys) {
        this.lock = lock;
        this.database = database;
        this.keys = keys;
    }

    static KeptKeys open(Path dataDirectory) throws IOException {
        var channel = FileChannel.open(dataDirectory.resolve("lock"), StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new CommandFailed(
                    Exit.UNAVAILABLE,
                    "a node runs on " + dataDirectory + ": stop it to use --open");
        }
        try {
            var random = new SecureRandom();
            var wrap = NodeKeys.open(dataDirectory, random).wrap();
            var database = Database.open(Settings.of(Map.of()).database(), dataDirectory);
            return new KeptKeys(
                    lock, database, new StoredSubjectKeys(database.dataSource(), wrap, random));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    SubjectKeys keys() {
        return keys;
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } finally {
            lock.acquiredBy().close();
        }
    }
}
