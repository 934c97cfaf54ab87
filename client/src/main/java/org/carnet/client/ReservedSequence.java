// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The numbers of a thing's updates, of which none is ever given twice, whatever crashes.
///
/// Numbers are reserved on disk a block at a time before the first of them is used. After a crash counting goes on
/// behind the reserved block: the numbers between are lost, which no receiver minds.
final class ReservedSequence implements AutoCloseable {
    static final long BLOCK = 1000;

    private final Path file;
    private final FileLock lock;
    private long next;
    private long reserved;

    private ReservedSequence(Path file, FileLock lock, long next) {
        this.file = file;
        this.lock = lock;
        this.next = next;
        this.reserved = next;
    }

    /// @param file holds the first number that was never reserved; counting starts at 1 if it does not exist
    /// @throws IOException if another program counts there, or the file holds no number
    static ReservedSequence open(Path file) throws IOException {
        var lock = lock(file.resolveSibling(file.getFileName() + ".lock"));
        try {
            return new ReservedSequence(file, lock, Files.exists(file) ? read(file) : 1);
        } catch (IOException e) {
            lock.acquiredBy().close();
            throw e;
        }
    }

    private static FileLock lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) return lock;
        } catch (OverlappingFileLockException heldByThisProgram) {
            // as if another program held it
        }
        channel.close();
        throw new IOException("this thing is in use: somebody else holds " + file);
    }

    private static long read(Path file) throws IOException {
        try {
            var number = Long.parseLong(Files.readString(file).strip());
            if (number >= 1) return number;
        } catch (NumberFormatException e) {
            // as if it were below 1
        }
        throw new IOException(file + " does not hold the next sequence number of the thing");
    }

    synchronized long next() throws IOException {
        if (next == reserved) reserve();
        return next++;
    }

    private void reserve() throws IOException {
        var written = file.resolveSibling(file.getFileName() + ".new");
        try (var channel =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var text = (reserved + BLOCK) + "\n";
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent())) {
            directory.force(true);
        }
        reserved += BLOCK;
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }
}
