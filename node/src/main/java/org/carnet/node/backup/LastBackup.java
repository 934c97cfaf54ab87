// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What this node wrote to its backup last, so that an old backup that somebody puts back is noticed.
///
/// ```text
/// backup.last     <backup id, hex> <generation>
/// ```
record LastBackup(Bytes backup, long generation) {
    private static final String NAME = "backup.last";

    static LastBackup of(Manifest manifest) {
        return new LastBackup(manifest.backup(), manifest.generation());
    }

    static Optional<LastBackup> read(Path dataDirectory) throws IOException {
        var file = dataDirectory.resolve(NAME);
        if (Files.notExists(file)) return Optional.empty();
        var words = Files.readString(file).strip().split(" ", -1);
        try {
            return Optional.of(new LastBackup(Bytes.hex(words[0]), Long.parseLong(words[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new IOException(file + " does not name a backup and its generation", malformed);
        }
    }

    void write(Path dataDirectory) throws IOException {
        WholeFile.write(dataDirectory.resolve(NAME), backup.toHex() + " " + generation + "\n");
    }
}
