// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The directory in which one demo works: whatever an earlier one left there is ended and removed first.
final class Workshop implements AutoCloseable {
    private static final String PROCESSES = "processes";

    private final Path root;
    private final FileChannel lock;

    private Workshop(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// @throws IOException if another demo works there
    static Workshop open(Path root) throws IOException {
        var home = root.toAbsolutePath().normalize();
        Files.createDirectories(home.getParent());
        var lock =
                FileChannel.open(
                        home.resolveSibling(home.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (!locked(lock)) {
            lock.close();
            throw new IOException("another demo is running in " + home);
        }
        var workshop = new Workshop(home, lock);
        workshop.clear();
        return workshop;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProgram) {
            return false;
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /// Remembers a process, to be ended by the next demo should this one be unable to.
    void remember(Process process) throws IOException {
        Files.writeString(
                path(PROCESSES),
                process.pid() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void clear() throws IOException {
        if (Files.exists(root)) {
            if (Files.exists(path(PROCESSES))) end(Files.readAllLines(path(PROCESSES)).stream());
            try (var files = Files.walk(root, 6)) {
                // The databases of nodes that were killed.
                for (var file : files.filter(f -> f.endsWith("postmaster.pid")).toList()) {
                    end(Files.readAllLines(file).stream().limit(1));
                }
            }
            remove(root);
        }
        Files.createDirectories(root);
    }

    /// Ends those processes that are of this workshop; the number of a dead one may have been given to another.
    private void end(Stream<String> processes) {
        processes
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .flatMap(text -> ProcessHandle.of(Long.parseLong(text)).stream())
                .filter(
                        process ->
                                process.info().commandLine().orElse("").contains(root.toString()))
                .forEach(
                        process -> {
                            process.destroyForcibly();
                            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                        });
    }

    static void remove(Path directory) throws IOException {
        if (Files.notExists(directory)) return;
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) throw failure;
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
