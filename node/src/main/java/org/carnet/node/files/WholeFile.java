// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.files;

import org.carnet.Bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Writes a file so that whoever reads it, and whatever crashes, finds the old content or the new, never a part.
public final class WholeFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private WholeFile() {}

    public static void write(Path file, String content) throws IOException {
        write(file, content, "rw-r--r--");
    }

    /// For secrets: nobody but the node's user can read it, from its first moment on.
    public static void writeSecret(Path file, String content) throws IOException {
        write(file, content, "rw-------");
    }

    /// The same for bytes.
    public static void writeSecret(Path file, Bytes content) throws IOException {
        write(file, content, "rw-------");
    }

    /// For what must outlive a power cut once this has returned: the file is forced, and so is its name.
    public static void writeDurably(Path file, Bytes content) throws IOException {
        write(file, content, "rw-r--r--");
        var directory = file.toAbsolutePath().getParent();
        try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /// Creates a directory, and those above it, that nobody but the node's user can enter.
    public static void createSecretDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, permissions("rwx------"));
    }

    private static void write(Path file, String content, String permissions) throws IOException {
        write(file, Bytes.utf8(content), permissions);
    }

    private static void write(Path file, Bytes content, String permissions) throws IOException {
        var whole =
                file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(whole);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(whole, options, permissions(permissions))) {
            var bytes = ByteBuffer.wrap(content.unsafeArray());
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        } catch (IOException failure) {
            Files.deleteIfExists(whole);
            throw failure;
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
