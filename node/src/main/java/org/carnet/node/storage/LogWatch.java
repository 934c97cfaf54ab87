// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;
import org.carnet.log.LogTrust;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Follows one log of any make: keeps the last checkpoint that it saw, and checks that the next one grew from it.
///
/// What it keeps is a file, so that it goes on where it was after a restart. A contradiction leaves that file as it is and
/// writes the evidence beside it; each look will find the contradiction again until somebody deletes the file.
public final class LogWatch {
    private final PublicLog log;
    private final LogTrust trust;
    private final NoteSigner reporter;
    private final Path kept;

    /// @param name what the log is called where it is watched, such as its URL; each name has its own memory
    /// @param reporter signs evidence
    public LogWatch(PublicLog log, LogTrust trust, String name, Path state, NoteSigner reporter) {
        this.log = log;
        this.trust = trust;
        this.reporter = reporter;
        this.kept = state.resolve(digest(name)).resolve("checkpoint");
    }

    /// Looks once.
    ///
    /// @throws IOException if its own memory cannot be read or written
    public LogSighting look(Instant now) throws IOException {
        var before = kept();
        VerifiedCheckpoint newest;
        try {
            newest = log.checkpoint(trust);
        } catch (IOException unclear) {
            return new LogSighting.Unclear(String.valueOf(unclear.getMessage()));
        }
        if (before.isEmpty()) {
            keep(newest);
            return new LogSighting.First(newest.checkpoint());
        }
        return compare(before.get(), newest, now);
    }

    private Optional<VerifiedCheckpoint> kept() throws IOException {
        if (!Files.exists(kept)) return Optional.empty();
        var content = Bytes.unsafe(Files.readAllBytes(kept));
        if (trust.verify(content) instanceof VerifiedCheckpoint verified) {
            return Optional.of(verified);
        }
        throw new IOException(kept + " is not a checkpoint of the log that is watched");
    }

    private LogSighting compare(VerifiedCheckpoint before, VerifiedCheckpoint newest, Instant now)
            throws IOException {
        var earlier = before.checkpoint();
        var later = newest.checkpoint();
        if (earlier.equals(later)) return new LogSighting.Same(later);
        if (!earlier.origin().equals(later.origin())) {
            return new LogSighting.Unclear("it is the log " + later.origin() + " now");
        }
        if (earlier.size() == later.size()) {
            return forked(before, newest, new Evidence.Fork(later.root(), List.of()), now);
        }
        if (earlier.size() > later.size()) {
            return contradiction(Evidence.Kind.ROLLBACK, Optional.empty(), before, newest, now);
        }
        try {
            if (Proofs.extend(earlier, later, log.tiles())) {
                keep(newest);
                return new LogSighting.Grew(earlier, later);
            }
            var other = otherBeginning(earlier, later);
            return other.isPresent()
                    ? forked(before, newest, other.get(), now)
                    : new LogSighting.Unclear("its tiles are not those that its checkpoint signs");
        } catch (IOException unreadable) {
            return new LogSighting.Unclear(String.valueOf(unreadable.getMessage()));
        }
    }

    /// The proof by its own tiles that the tree it signs now began otherwise; wrong tiles prove nothing.
    private Optional<Evidence.Fork> otherBeginning(Checkpoint earlier, Checkpoint later)
            throws IOException {
        var proofs = new Proofs(log.tiles(), later.size());
        var root = proofs.tree(earlier.size()).root();
        var proof = proofs.consistency(earlier.size());
        return !root.equals(earlier.root()) && proof.verifies(root, later.root())
                ? Optional.of(new Evidence.Fork(root, proof.path()))
                : Optional.empty();
    }

    private void keep(VerifiedCheckpoint newest) throws IOException {
        var directory = Disk.directoryOf(kept);
        Files.createDirectories(directory);
        WholeFile.write(kept, newest.note().encode().toUtf8());
    }

    private LogSighting forked(
            VerifiedCheckpoint before, VerifiedCheckpoint newest, Evidence.Fork how, Instant now)
            throws IOException {
        return contradiction(Evidence.Kind.FORK, Optional.of(how), before, newest, now);
    }

    private LogSighting contradiction(
            Evidence.Kind kind,
            Optional<Evidence.Fork> fork,
            VerifiedCheckpoint before,
            VerifiedCheckpoint newest,
            Instant now)
            throws IOException {
        var evidence = new Evidence(kind, now, fork, before.note(), Optional.of(newest.note()));
        var file = kept.resolveSibling("evidence-" + digest(text(newest.note())));
        WholeFile.write(file, text(evidence.report(reporter)));
        return new LogSighting.Contradiction(kind, before.checkpoint(), newest.checkpoint(), file);
    }

    /// A name for a file that any text can have.
    private static String digest(String text) {
        return MerkleHash.leaf(Bytes.utf8(text)).bytes().toHex();
    }

    private static String text(SignedNote note) {
        return note.encode().toUtf8();
    }
}
