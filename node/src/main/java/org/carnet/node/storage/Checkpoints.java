// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The files `checkpoint` and `log.vkey`: what the log last said of itself, and the keys that check it.
final class Checkpoints {
    private final Disk disk;
    private final DataDirectory directory;
    private final LogSigner signer;
    private final InstantSource clock;

    /// Publishes the keys, or finds that they are those that were published.
    ///
    /// @throws LogDamaged if another key, or one with another name, was published before
    Checkpoints(Disk disk, DataDirectory directory, LogSigner signer, InstantSource clock)
            throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.signer = signer;
        this.clock = clock;
        disk.delete(Disk.temporary(directory.checkpoint()));
        disk.delete(Disk.temporary(directory.logKey()));
        if (!disk.exists(directory.logKey())) {
            publishKeys();
            return;
        }
        var published = content(directory.logKey());
        var ed25519 = LogVerifier.of(signer.verifier().keys().getFirst());
        if (published.equals(ed25519.encode())) {
            signAgain(ed25519);
            publishKeys();
        } else if (!published.equals(signer.verifier().encode())) {
            throw new LogDamaged(
                    directory.logKey().toString(),
                    "it does not name this node's keys, which are " + signer.verifier());
        }
    }

    private void publishKeys() throws IOException {
        disk.replace(directory.logKey(), signer.verifier().encode().toArray());
    }

    /// The log is of a version that signed with Ed25519 alone: has both keys say what the one said.
    private void signAgain(LogVerifier ed25519) throws IOException {
        if (!disk.exists(directory.checkpoint())) return;
        var checkpoint = verified(content(directory.checkpoint()), ed25519).checkpoint();
        sign(checkpoint.size(), checkpoint.root());
    }

    /// The checkpoint on disk; empty if there is none.
    ///
    /// @throws LogDamaged if it is not what this log signed
    Optional<VerifiedCheckpoint> stored() throws IOException {
        if (!disk.exists(directory.checkpoint())) return Optional.empty();
        return Optional.of(verified(content(directory.checkpoint()), signer.verifier()));
    }

    /// Signs and publishes a checkpoint.
    VerifiedCheckpoint sign(long size, Hash root) throws IOException {
        var note = signer.sign(size, root, clock.instant()).encode();
        disk.replace(directory.checkpoint(), note.toArray());
        return verified(note, signer.verifier());
    }

    private Bytes content(Path file) throws IOException {
        return Bytes.unsafe(disk.content(file));
    }

    private VerifiedCheckpoint verified(Bytes note, LogVerifier keys) throws LogDamaged {
        return switch (Checkpoint.verify(note, keys)) {
            case VerifiedCheckpoint verified -> verified;
            case Unverified unverified ->
                    throw new LogDamaged(directory.checkpoint().toString(), unverified.reason());
        };
    }
}
