// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.Proofs;
import org.carnet.log.TileReader;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;

/// Verifies a log that needs not be trusted: every byte of a data directory, or what a node publishes.
///
/// Neither the node nor its database has to run. The directory `keys/` is not looked at: it holds secrets, no evidence.
///
/// @param key what the log must be signed with, among the keys of its `log.vkey`; without one, that file is believed
/// @param since a checkpoint seen before, which the log must have grown from
/// @param keys opens the sealed details of a directory, too
public record LogVerification(
        Optional<LogVerifier> key, Optional<Bytes> since, Optional<? extends OpeningKeys> keys) {

    /// Asks for no more than the log itself can tell.
    public static LogVerification plain() {
        return new LogVerification(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Verifies a data directory: to its last byte, or up to its checkpoint while a node runs on it.
    ///
    /// @throws IOException if it cannot be read
    public LogVerdict directory(Path directory) throws IOException {
        return directory(new RealDisk(), directory);
    }

    LogVerdict directory(Disk disk, Path directory) throws IOException {
        try {
            return new DirectoryCheck(disk, new DataDirectory(directory), this).verdict();
        } catch (LogDamaged damaged) {
            return new LogVerdict.Failed(damaged.place(), damaged.check());
        }
    }

    /// Verifies what a log publishes under a URL (C2SP tlog-tiles): every leaf, tile, bundle and the checkpoint.
    ///
    /// The sealed details themselves are not published.
    ///
    /// @param log the prefix of the log, without a slash at its end
    /// @throws IOException if it does not answer
    public LogVerdict url(URI log, HttpClient http) throws IOException {
        try {
            return new UrlCheck(new PublishedLog(log, http), this).verdict();
        } catch (LogDamaged damaged) {
            return new LogVerdict.Failed(damaged.place(), damaged.check());
        }
    }

    /// The keys to believe, which are those that the log publishes.
    LogVerifier key(Bytes published) throws LogDamaged {
        LogVerifier own;
        try {
            own = LogVerifier.parse(published);
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged("log.vkey", malformed);
        }
        if (own.keys().stream().map(NoteVerifier::isPostQuantum).distinct().count() < 2) {
            throw new LogDamaged("log.vkey", "it does not hold an Ed25519 and an ML-DSA-44 key");
        }
        if (key.isPresent() && !own.keys().containsAll(key.get().keys())) {
            throw new LogDamaged("log.vkey", "it does not hold the key that was asked for");
        }
        return own;
    }

    static VerifiedCheckpoint checkpoint(Bytes note, LogVerifier key) throws LogDamaged {
        return switch (Checkpoint.verify(note, key)) {
            case Unverified unverified -> throw new LogDamaged("checkpoint", unverified.reason());
            case VerifiedCheckpoint verified -> verified;
        };
    }

    /// Checks that the log grew from the checkpoint seen before.
    void requireGrowth(VerifiedCheckpoint now, LogVerifier key, TileReader tiles)
            throws IOException {
        if (since.isEmpty()) return;
        var earlier = checkpoint(since.get(), key).checkpoint();
        if (!Proofs.extend(earlier, now.checkpoint(), tiles)) {
            throw new LogDamaged(
                    "checkpoint",
                    "the log of %d records did not grow from the earlier one of %d"
                            .formatted(now.checkpoint().size(), earlier.size()));
        }
    }
}
