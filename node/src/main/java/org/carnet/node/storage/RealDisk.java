// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The file system of this machine.
final class RealDisk implements Disk {
    @Override
    public DiskFile open(Path file) throws IOException {
        var parent = Disk.directoryOf(file);
        // Creating one that is there costs an exception, and most files come into one that is.
        if (!Files.isDirectory(parent)) Files.createDirectories(parent);
        return new RealFile(
                file,
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE));
    }

    @Override
    public DiskFile read(Path file) throws IOException {
        return new RealFile(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        var files = new TreeSet<Path>();
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                        throw failure;
                    }
                });
        return List.copyOf(files);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long room(Path directory) throws IOException {
        Files.createDirectories(directory);
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        Files.createDirectories(Disk.directoryOf(file));
        var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (channel.tryLock() != null) return Optional.of(channel);
        } catch (OverlappingFileLockException heldByThisProcess) {
            // answered below like a lock held by another
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public boolean isLocked(Path file) throws IOException {
        if (!Files.exists(file)) return false;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        }
    }

    private record RealFile(Path path, FileChannel channel) implements DiskFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            var at = position;
            while (target.hasRemaining()) {
                int count = channel.read(target, at);
                if (count < 0) return;
                at += count;
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            var at = position;
            try {
                while (source.hasRemaining()) at += channel.write(source, at);
            } catch (IOException failure) {
                throw named(failure, source.remaining());
            }
        }

        @Override
        public void force() throws IOException {
            try {
                channel.force(false);
            } catch (IOException failure) {
                throw named(failure, 0);
            }
        }

        /// Java has no type for a full disk, and the message may be in the user's language: so look at the room, too.
        private IOException named(IOException failure, int wanted) throws IOException {
            var message = String.valueOf(failure.getMessage());
            if (message.contains("No space left")
                    || message.contains("quota exceeded")
                    || Files.getFileStore(path).getUsableSpace() < wanted) {
                var full = new DiskFull("no room on the disk for " + path);
                full.initCause(failure);
                return full;
            }
            return failure;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
