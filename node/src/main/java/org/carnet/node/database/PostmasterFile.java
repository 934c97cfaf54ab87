// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What a running PostgreSQL says of itself in `postmaster.pid`: line 1 its process, 4 its port, 8 its state.
record PostmasterFile(long process, int port, boolean ready) {
    private static final int WHOLE = 8;

    /// Empty when there is none or when it is still being written.
    static Optional<PostmasterFile> read(Path directory) throws IOException {
        try {
            var lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            if (lines.size() < WHOLE) return Optional.empty();
            return Optional.of(
                    new PostmasterFile(
                            Long.parseLong(lines.get(0).strip()),
                            Integer.parseInt(lines.get(3).strip()),
                            lines.get(7).strip().equals("ready")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    boolean alive() {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }
}
