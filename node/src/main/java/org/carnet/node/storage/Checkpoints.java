// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.NoteSigner;
import org.carnet.log.SignedNote;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.util.Optional;

/// The files `checkpoint` and `log.vkey`: what the log last said of itself, and the key that checks it.
final class Checkpoints {
    private final Disk disk;
    private final DataDirectory directory;
    private final NoteSigner signer;

    /// Publishes the key, or finds that it is the one that was published.
    ///
    /// @throws LogDamaged if another key, or one with another name, was published before
    Checkpoints(Disk disk, DataDirectory directory, NoteSigner signer) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.signer = signer;
        disk.delete(Disk.temporary(directory.checkpoint()));
        disk.delete(Disk.temporary(directory.logKey()));
        var line = Bytes.utf8(signer.verifier().vkey() + "\n");
        if (!disk.exists(directory.logKey())) {
            disk.replace(directory.logKey(), line.toArray());
        } else if (!Bytes.unsafe(disk.content(directory.logKey())).equals(line)) {
            throw new LogDamaged(
                    directory.logKey().toString(),
                    "it does not name this node's key, which is " + signer.verifier());
        }
    }

    /// The checkpoint on disk; empty if there is none.
    ///
    /// @throws LogDamaged if it is not what this log signed
    Optional<VerifiedCheckpoint> stored() throws IOException {
        if (!disk.exists(directory.checkpoint())) return Optional.empty();
        return Optional.of(verified(Bytes.unsafe(disk.content(directory.checkpoint()))));
    }

    /// Signs and publishes a checkpoint.
    VerifiedCheckpoint sign(long size, Hash root) throws IOException {
        var checkpoint = new Checkpoint(signer.verifier().name(), size, root);
        var note = SignedNote.sign(checkpoint.text(), signer).encode();
        disk.replace(directory.checkpoint(), note.toArray());
        return verified(note);
    }

    private VerifiedCheckpoint verified(Bytes note) throws LogDamaged {
        return switch (Checkpoint.verify(note, signer.verifier())) {
            case VerifiedCheckpoint verified -> verified;
            case Unverified unverified ->
                    throw new LogDamaged(directory.checkpoint().toString(), unverified.reason());
        };
    }
}
