// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file `restore.mark`, which keeps a node from running on what is not, or never will be, a log to go on with.
///
/// ```text
/// unfinished <backup id, hex>
/// inspect <why>
/// ```
public final class RestoreMark {
    private static final String NAME = "restore.mark";
    private static final String UNFINISHED = "unfinished ";
    private static final String INSPECT = "inspect ";

    private RestoreMark() {}

    /// @throws IOException if this directory was restored and must not be continued
    public static void requireNone(Path directory) throws IOException {
        var mark = read(directory);
        if (mark.isEmpty()) return;
        if (mark.get().startsWith(UNFINISHED)) {
            throw new IOException(
                    directory
                            + " is being restored and not whole: give the same './carnet backup"
                            + " restore' again");
        }
        throw new IOException(
                "%s was restored to look at, and no node may go on with it: %s"
                        .formatted(directory, mark.get().substring(INSPECT.length())));
    }

    /// Takes a directory that is empty, or in which restoring this backup was interrupted.
    static void begin(Path directory, String backup) throws IOException {
        var mark = read(directory);
        if (mark.isEmpty()) {
            if (Files.isDirectory(directory)) {
                try (var files = Files.newDirectoryStream(directory)) {
                    if (files.iterator().hasNext()) {
                        throw new IOException(
                                directory + " is not empty: restore into another directory");
                    }
                }
            }
            WholeFile.createSecretDirectory(directory);
            WholeFile.write(directory.resolve(NAME), UNFINISHED + backup + "\n");
        } else if (!mark.get().equals(UNFINISHED + backup)) {
            throw new IOException(directory + " holds another restored log already");
        }
    }

    static void finish(Path directory) throws IOException {
        Files.delete(directory.resolve(NAME));
    }

    static void inspectOnly(Path directory, String why) throws IOException {
        WholeFile.write(directory.resolve(NAME), INSPECT + why + "\n");
    }

    private static Optional<String> read(Path directory) throws IOException {
        var file = directory.resolve(NAME);
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }
}
