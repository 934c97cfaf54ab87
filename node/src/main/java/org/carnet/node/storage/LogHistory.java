// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.Proofs;
import org.carnet.log.TileReader;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;

/// A log as its newest signed checkpoint has it, to be asked whether it grew from what others remember of it.
///
/// It believes no tile: wrong ones can only turn an answer to `false`.
public final class LogHistory {
    private final VerifiedCheckpoint newest;
    private final TileReader tiles;

    private LogHistory(VerifiedCheckpoint newest, TileReader tiles) {
        this.newest = newest;
        this.tiles = tiles;
    }

    /// Opens the log in a data directory; the node may run.
    ///
    /// @param key what it must be signed with, among the log's own keys; without one, those are believed
    /// @throws LogDamaged if it is not signed so
    public static LogHistory directory(Path directory, Optional<LogVerifier> key)
            throws IOException {
        var disk = new RealDisk();
        var data = new DataDirectory(directory);
        return of(
                Bytes.unsafe(disk.content(data.logKey())),
                Bytes.unsafe(disk.content(data.checkpoint())),
                key,
                new TileStore(disk, data));
    }

    /// Opens the log that is published under a URL.
    ///
    /// @param log the prefix of the log, without a slash at its end
    /// @throws LogDamaged if it is not signed so
    public static LogHistory url(URI log, HttpClient http, Optional<LogVerifier> key)
            throws IOException {
        var published = new PublishedLog(log, http);
        return of(
                published.content("log.vkey"),
                published.content("checkpoint"),
                key,
                new PublishedTiles(published));
    }

    private static LogHistory of(
            Bytes logKey, Bytes checkpoint, Optional<LogVerifier> key, TileReader tiles)
            throws LogDamaged {
        var demands = new LogVerification(key, Optional.empty(), Optional.empty());
        return new LogHistory(LogVerification.checkpoint(checkpoint, demands.key(logKey)), tiles);
    }

    public VerifiedCheckpoint newest() {
        return newest;
    }

    /// Whether the log, as it is now, grew from that checkpoint by appending only.
    ///
    /// @throws IOException if a tile that would tell is not there
    public boolean grewFrom(Checkpoint earlier) throws IOException {
        return Proofs.extend(earlier, newest.checkpoint(), tiles);
    }
}
