// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.external;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A local directory, such as a mounted disk: one file for each object, forced to disk, replaced as a whole.
public final class DirectoryStorage implements ExternalStorage {
    private final Path directory;

    /// @param directory created, for the node's user alone, when something is first put there
    public DirectoryStorage(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public void put(String name, Bytes content) throws IOException {
        ExternalStorage.require(name, content.length());
        WholeFile.createSecretDirectory(directory);
        WholeFile.writeSecret(file(name), content);
        force();
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        ExternalStorage.require(name, 0);
        try (var file = FileChannel.open(file(name), StandardOpenOption.READ)) {
            if (file.size() > MOST_BYTES) {
                throw new IOException(file(name) + " is longer than any object");
            }
            var content = ByteBuffer.allocate((int) file.size());
            while (content.hasRemaining() && file.read(content) >= 0) {}
            return Optional.of(Bytes.unsafe(content.array()));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    @Override
    public List<Stored> list() throws IOException {
        if (Files.notExists(directory)) return List.of();
        var stored = new ArrayList<Stored>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                if (NAME.matcher(name).matches()) stored.add(new Stored(name, Files.size(file)));
            }
        }
        stored.sort(Comparator.comparing(Stored::name));
        return stored;
    }

    @Override
    public void delete(String name) throws IOException {
        ExternalStorage.require(name, 0);
        if (Files.deleteIfExists(file(name))) force();
    }

    /// Makes the names durable.
    private void force() throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public String place() {
        return "directory " + directory;
    }

    @Override
    public void close() {}
}
