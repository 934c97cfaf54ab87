// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The keys and tables of the running node, as they are when it is asked.
final class LiveState {
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
            try (var keys = Files.newDirectoryStream(directory.resolve("keys"))) {
                for (var key : keys) {
                    var name = String.valueOf(key.getFileName());
                    if (!name.startsWith(".")) files.put("keys/" + name, content(key));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("reading the keys of the node", failure);
        }
        return new KeptState(files, tables.get());
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
