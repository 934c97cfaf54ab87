// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The file operations that storage stands on, so that tests can put a disk that fails or forgets in its place.
///
/// What is written is safe from a power cut only once the file was forced, and its name only once its directory was.
interface Disk {
    /// Opens a file for reading and writing; it and its directories are created when they do not exist.
    DiskFile open(Path file) throws IOException;

    /// Opens an existing file for reading.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none
    DiskFile read(Path file) throws IOException;

    boolean exists(Path file);

    /// Every file below a directory, in the order of their names; empty when there is no such directory.
    List<Path> list(Path directory) throws IOException;

    /// Gives a file another name and atomically replaces what had it.
    void rename(Path from, Path to) throws IOException;

    /// Deletes a file, if it exists.
    void delete(Path file) throws IOException;

    /// Makes the names in a directory durable.
    void forceDirectory(Path directory) throws IOException;

    /// How many bytes can still be written below a directory.
    long room(Path directory) throws IOException;

    /// Holds a file locked against other processes until it is closed; empty when another holds it.
    Optional<Closeable> lock(Path file) throws IOException;

    /// Whether a process holds the lock; asks without writing anything.
    boolean isLocked(Path file) throws IOException;

    /// The whole content of a small file.
    default byte[] content(Path file) throws IOException {
        try (var open = read(file)) {
            var content = ByteBuffer.allocate(Math.toIntExact(open.size()));
            open.read(content, 0);
            return content.array();
        }
    }

    /// Replaces a small file as a whole: after a power cut it holds the old content or the new.
    default void replace(Path file, byte[] content) throws IOException {
        var fresh = temporary(file);
        delete(fresh);
        try (var open = open(fresh)) {
            open.write(ByteBuffer.wrap(content), 0);
            open.force();
        } catch (IOException failure) {
            delete(fresh);
            throw failure;
        }
        rename(fresh, file);
        forceDirectory(directoryOf(file));
    }

    /// Where the new content of a file stands until it is whole; a crash may leave it behind.
    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    /// Whether it is such a file, which nobody reads.
    static boolean isTemporary(Path file) {
        return file.toString().endsWith(".tmp");
    }

    static Path directoryOf(Path file) {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) throw new IllegalArgumentException(file + " is not a file");
        return directory;
    }
}
