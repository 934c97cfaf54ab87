// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.LogTrust;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.log.TlogProof;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Any log in the layout of C2SP tlog-tiles, whoever made it, as a stranger sees it. Its entries are opaque bytes.
///
/// Nothing that it reads is believed before it hangs together with a checkpoint that is signed as [LogTrust] asks.
public final class PublicLog {
    private final LogSource source;
    private final Optional<Path> directory;

    private PublicLog(LogSource source, Optional<Path> directory) {
        this.source = source;
        this.directory = directory;
    }

    /// A copy of a log in a directory, which holds `checkpoint` and `tile/`.
    public static PublicLog in(Path directory) {
        return new PublicLog(path -> content(directory.resolve(path)), Optional.of(directory));
    }

    /// A log under the prefix of its URL.
    ///
    /// @param prefix without a slash at its end
    public static PublicLog at(URI prefix, HttpClient http) {
        return new PublicLog(new PublishedLog(prefix, http), Optional.empty());
    }

    private static Bytes content(Path file) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > LogSource.LONGEST) {
            throw new IOException(file + " is longer than any file of a log");
        }
        return Bytes.unsafe(Files.readAllBytes(file));
    }

    /// The newest checkpoint.
    ///
    /// @throws LogDamaged if it is not to be believed
    public VerifiedCheckpoint checkpoint(LogTrust trust) throws IOException {
        Bytes content;
        try {
            content = source.content("checkpoint");
        } catch (NoSuchFileException missing) {
            throw new LogDamaged("checkpoint", "it is missing");
        }
        return switch (trust.verify(content)) {
            case VerifiedCheckpoint verified -> verified;
            case Unverified unverified -> throw new LogDamaged("checkpoint", unverified.reason());
        };
    }

    public TileReader tiles() {
        return new PublishedTiles(source);
    }

    /// Verifies every entry, every tile and the checkpoint, with memory that does not grow. Of a directory, that no other
    /// file is below `tile/`, too.
    ///
    /// @param pruned whether the first entries may be missing, in whole bundles (tlog-tiles, Pruning)
    /// @throws IOException if the log cannot be read
    public TlogVerdict verify(LogTrust trust, boolean pruned) throws IOException {
        try {
            return new TlogCheck(tiles(), directory, pruned).verdict(checkpoint(trust));
        } catch (LogDamaged damaged) {
            return new TlogVerdict.Failed(damaged.place(), damaged.check());
        } catch (NoSuchFileException missing) {
            return new TlogVerdict.Failed(missing.getFile(), "it is missing");
        }
    }

    /// The proof that an entry stands in the log, with the entry itself, verified already.
    ///
    /// @throws LogDamaged if the log does not prove it
    /// @throws IllegalArgumentException if the log has no such entry
    public TlogProof prove(long index, LogTrust trust) throws IOException {
        var verified = checkpoint(trust);
        long size = verified.checkpoint().size();
        var inclusion = new Proofs(tiles(), size).inclusion(index);
        var entry = entry(index, size);
        if (!inclusion.verifies(MerkleHash.leaf(entry), verified.checkpoint().root())) {
            throw new LogDamaged("entry " + index, "the tiles do not prove it");
        }
        return new TlogProof(Optional.of(entry), index, inclusion.path(), verified.note());
    }

    private Bytes entry(long index, long size) throws IOException {
        long bundle = index / Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, size - bundle * Tile.FULL_WIDTH);
        var entries = TlogCheck.bundle(tiles(), bundle, width).entries();
        return entries.get((int) (index % Tile.FULL_WIDTH));
    }
}
