// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.log.Cosigner;
import org.carnet.log.LogVerifier;
import org.carnet.node.storage.LogCopy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The logs that this node mirrors, each below `mirror/<SHA-256 of its origin>/`, and no others.
final class Mirror {
    private final Path directory;
    private final Map<String, MirroredLog> logs = new HashMap<>();

    private Mirror(Path directory) {
        this.directory = directory;
    }

    /// @param directory of the mirrors
    /// @param keys a directory of files, each with the keys of one log, if any log is mirrored
    /// @param quota how many bytes each mirror may have
    /// @throws IOException with one sentence that says which file cannot be used
    static Mirror open(
            Path directory, Optional<Path> keys, long quota, Cosigner cosigner, InstantSource clock)
            throws IOException {
        var mirror = new Mirror(directory);
        if (keys.isEmpty()) return mirror;
        try (var files = Files.newDirectoryStream(keys.get(), "*.vkey")) {
            for (var file : files) {
                var key = key(file);
                var copy = new LogCopy(directory.resolve(OriginHash.of(key.name())));
                mirror.logs.put(key.name(), new MirroredLog(copy, key, cosigner, clock, quota));
            }
        }
        return mirror;
    }

    private static LogVerifier key(Path file) throws IOException {
        try {
            return LogVerifier.parse(Bytes.unsafe(Files.readAllBytes(file)));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + " does not hold the keys of a log", malformed);
        }
    }

    Optional<MirroredLog> of(String origin) {
        return Optional.ofNullable(logs.get(origin));
    }

    Path directory() {
        return directory;
    }
}
