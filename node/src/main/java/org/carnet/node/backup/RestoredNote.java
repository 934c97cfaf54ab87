// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file `restored.json`: what the node has to put on the record about its own restoring, as soon as it runs.
record RestoredNote(Bytes json) {
    private static final String NAME = "restored.json";

    static RestoredNote of(Backup backup, Restore.Restored restored) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("backup", backup.manifest().backup().toHex());
        json.put("generation", backup.manifest().generation());
        json.put("records", restored.records());
        json.put("root", restored.root().toBase64());
        json.put("fromBackup", restored.fromBackup());
        json.put("fromMirror", restored.fromCopy());
        json.put("newestKnown", restored.newest());
        return new RestoredNote(Bytes.utf8(json.toString()));
    }

    static Optional<RestoredNote> read(Path directory) throws IOException {
        var file = directory.resolve(NAME);
        if (Files.notExists(file)) return Optional.empty();
        return Optional.of(new RestoredNote(Bytes.unsafe(Files.readAllBytes(file))));
    }

    void write(Path directory) throws IOException {
        WholeFile.write(directory.resolve(NAME), json.toUtf8());
    }

    static void delete(Path directory) throws IOException {
        Files.delete(directory.resolve(NAME));
    }
}
