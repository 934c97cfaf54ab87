// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The keys and tables of the running node, as they are when it is asked.
final class LiveState {
    /// Secrets, what this node cosigned of others' logs, and evidence against them.
    private static final List<String> FOLDERS = List.of("keys", "witness", "evidence");

    private final Path directory;
    private final Supplier<Map<String, JsonNode>> tables;

    /// @param tables the rows of the tables
    LiveState(Path directory, Supplier<Map<String, JsonNode>> tables) {
        this.directory = directory;
        this.tables = tables;
    }

    KeptState read() {
        var files = new TreeMap<String, Bytes>();
        try {
            files.put("log.vkey", content(directory.resolve("log.vkey")));
            for (var folder : FOLDERS) add(folder, files);
        } catch (IOException failure) {
            throw new UncheckedIOException("reading the keys of the node", failure);
        }
        return new KeptState(files, tables.get());
    }

    private void add(String folder, Map<String, Bytes> files) throws IOException {
        if (Files.notExists(directory.resolve(folder))) return;
        try (var contents = Files.newDirectoryStream(directory.resolve(folder))) {
            for (var file : contents) {
                var name = String.valueOf(file.getFileName());
                if (Files.isRegularFile(file) && !name.startsWith("."))
                    files.put(folder + "/" + name, content(file));
            }
        }
    }

    /// The newest checkpoint that was witnessed, as it lies beside the log's own.
    Optional<Bytes> witnessed() {
        var file = directory.resolve("checkpoint.witnessed");
        if (Files.notExists(file)) return Optional.empty();
        try {
            return Optional.of(content(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("reading the witnessed checkpoint", failure);
        }
    }

    private static Bytes content(Path file) throws IOException {
        return Bytes.unsafe(Files.readAllBytes(file));
    }
}
