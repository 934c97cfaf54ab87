// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/// A backup as it lies outside, read with its key. Whatever is missing, changed, old or of another backup is
/// [BackupDamaged].
public final class Backup {
    private final ExternalStorage storage;
    private final BackupKey key;
    private final Manifest manifest;

    /// What a backup holds, for people.
    ///
    /// @param generation counts its manifests
    /// @param records from the first record on
    /// @param parts the objects that hold them
    /// @param bytes their lengths together
    public record Summary(
            String id,
            long generation,
            String time,
            String origin,
            long records,
            int parts,
            long bytes) {}

    private Backup(ExternalStorage storage, BackupKey key, Manifest manifest) {
        this.storage = storage;
        this.key = key;
        this.manifest = manifest;
    }

    /// The backup at a storage; empty if there is none.
    ///
    /// @throws BackupDamaged if there is one that this key does not open
    public static Optional<Backup> open(ExternalStorage storage, BackupKey key) throws IOException {
        var sealed = storage.get(Manifest.NAME);
        // Objects without a manifest are what an interrupted first backup left behind.
        if (sealed.isEmpty()) return Optional.empty();
        var object = SealedObject.open(key, Manifest.NAME, sealed.get());
        return Optional.of(new Backup(storage, key, Manifest.parse(object)));
    }

    Manifest manifest() {
        return manifest;
    }

    public Summary summary() {
        return new Summary(
                manifest.backup().toHex(),
                manifest.generation(),
                manifest.time().toString(),
                manifest.log().origin(),
                manifest.records(),
                manifest.parts().size(),
                manifest.bytes());
    }

    /// The records of one part.
    ///
    /// @throws BackupDamaged if it is not the part that the manifest names
    List<Sealed> records(Manifest.Part part) throws IOException {
        var plain = content(part.name(), part.sha256());
        try {
            var records = RecordPart.parse(plain);
            if (records.size() == part.end() - part.first()) return records;
            throw new BackupDamaged(part.name(), "it does not hold as many records as it says");
        } catch (IllegalArgumentException malformed) {
            throw new BackupDamaged(part.name(), String.valueOf(malformed.getMessage()));
        }
    }

    /// What stands for removed records.
    ///
    /// @throws BackupDamaged if it is not what the manifest names
    Bytes hashes(Manifest.Part part) throws IOException {
        return content(part.nameOfHashes(), part.sha256());
    }

    KeptState state() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (var piece : manifest.state()) {
            whole.writeBytes(content(piece.name(), piece.sha256()).unsafeArray());
        }
        try {
            return KeptState.parse(Bytes.unsafe(whole.toByteArray()));
        } catch (IllegalArgumentException malformed) {
            throw new BackupDamaged("state", String.valueOf(malformed.getMessage()));
        }
    }

    private Bytes content(String name, Bytes sha256) throws IOException {
        var sealed = storage.get(name);
        if (sealed.isEmpty()) throw new BackupDamaged(name, "it is missing");
        if (!sha256(sealed.get()).equals(sha256)) {
            throw new BackupDamaged(name, "it is not the object that the manifest names");
        }
        var object = SealedObject.open(key, name, sealed.get());
        if (!object.backup().equals(manifest.backup())) {
            throw new BackupDamaged(name, "it belongs to another backup");
        }
        return object.plain();
    }

    static Bytes sha256(Bytes content) {
        try {
            return Bytes.unsafe(MessageDigest.getInstance("SHA-256").digest(content.unsafeArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
