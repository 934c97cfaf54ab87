// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.node.database.Database;
import org.carnet.node.settings.Settings;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.StoredSubjectKeys;
import org.carnet.node.storage.SubjectKeys;
import org.jspecify.annotations.Nullable;

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

    /// @param database the directory of the embedded database, if it is not where it usually is
    static KeptKeys open(Path dataDirectory, @Nullable Path database) throws IOException {
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
            var settings =
                    Settings.of(
                            database == null
                                    ? Map.of("data.directory", dataDirectory.toString())
                                    : Map.of(
                                            "data.directory",
                                            dataDirectory.toString(),
                                            "database.directory",
                                            database.toString()));
            var opened = Database.open(settings.database(), dataDirectory);
            return new KeptKeys(
                    lock,
                    opened,
                    new StoredSubjectKeys(
                            opened.dataSource(), wrap, random, settings.storage().keyEpoch()));
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
