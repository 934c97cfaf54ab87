// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A file system of its own that is small enough to be filled: a tmpfs, which the kernel mounts for root only.
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int LEAST = 1 << 8;

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /// Nothing if this user or this system may not mount.
    static Optional<SmallDisk> mount(Path root, int mebibytes) throws IOException {
        Files.createDirectories(root);
        try {
            var size = "size=" + mebibytes + "m";
            var mount = call(List.of("mount", "-t", "tmpfs", "-o", size, "tmpfs", "" + root));
            return mount.exit() == 0 ? Optional.of(new SmallDisk(root)) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    private static ForeignProgram call(List<String> command) throws IOException {
        return ForeignProgram.run(Path.of("."), Map.of(), command);
    }

    Path root() {
        return root;
    }

    /// Lets nobody write any more, while nobody has a file open for writing.
    void writable(boolean writable) throws IOException {
        var option = "remount," + (writable ? "rw" : "ro");
        var remount = call(List.of("mount", "-o", option, root.toString()));
        if (remount.exit() != 0) throw new IOException("mount -o " + option + " fails");
    }

    /// Takes all the room that there is.
    void fill() throws IOException {
        try (var filler = Files.newOutputStream(filler())) {
            for (int size = CHUNK; size >= LEAST; size /= 2) fill(filler, new byte[size]);
        }
    }

    private static void fill(OutputStream filler, byte[] chunk) {
        try {
            while (true) filler.write(chunk);
        } catch (IOException full) {
            // as it was meant to be
        }
    }

    /// Gives the room back.
    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return root.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        call(List.of("umount", "--lazy", "" + root));
    }
}
