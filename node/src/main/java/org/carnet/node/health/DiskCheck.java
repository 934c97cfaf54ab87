// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Warns before the disk is full: there has to be room for the next journal files.
record DiskCheck(Path directory, long segmentBytes) implements HealthCheck {
    private static final int SEGMENTS = 4;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Optional<String> trouble() {
        try {
            long room = Files.getFileStore(directory).getUsableSpace();
            return room >= SEGMENTS * segmentBytes
                    ? Optional.empty()
                    : Optional.of("only " + (room >> 20) + " MiB are free");
        } catch (IOException e) {
            return Optional.of("the data directory cannot be asked for its free space");
        }
    }
}
