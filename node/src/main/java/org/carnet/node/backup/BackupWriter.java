// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;
import org.carnet.log.Tile;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.points.SealedRecords;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes a backup while writes go on: first what is new, then the manifest that names it, then what no manifest names
/// any more is removed. Interrupted anywhere, the old backup stands, and the next run goes on.
///
/// Only the records since the last backup are read, and those of its last part while that is not full. For records that
/// the log had removed before anybody backed them up, the hashes of their leaves are kept.
final class BackupWriter {
    private final SealedRecords records;
    private final Supplier<KeptState> state;
    private final Supplier<Optional<Bytes>> witnessed;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param state what it takes besides the records, as of the moment it is asked
    /// @param witnessed the newest witnessed checkpoint, if there is one
    BackupWriter(
            SealedRecords records,
            Supplier<KeptState> state,
            Supplier<Optional<Bytes>> witnessed,
            InstantSource clock,
            SecureRandom random) {
        this.records = records;
        this.state = state;
        this.witnessed = witnessed;
        this.clock = clock;
        this.random = random;
    }

    /// Brings the backup at the storage up to what is durable now, or begins one.
    ///
    /// @param last what this node wrote there last; the storage must not have gone back behind it
    /// @throws BackupDamaged if what is there is not the backup of this log, or an older one than was written
    Manifest run(ExternalStorage storage, BackupKey key, Optional<LastBackup> last)
            throws IOException {
        try {
            var before = Backup.open(storage, key).map(Backup::manifest);
            requireOwn(before, last);
            var id = before.map(Manifest::backup).orElseGet(this::freshId);
            var target = new Target(storage, key, id);
            var checkpoint = records.checkpoint();
            long size = log(checkpoint).size();
            long kept = records.first();
            var hashes = before.map(Manifest::hashes).orElse(List.of());
            var parts = new ArrayList<>(before.map(Manifest::parts).orElse(List.of()));
            if (Math.max(end(hashes), end(parts)) < kept) {
                hashes = hashes(target, kept);
                parts.clear();
            }
            boolean isGrowing =
                    !parts.isEmpty()
                            && parts.getLast().end() < size
                            && parts.getLast().bytes() < RecordPart.FULL
                            && parts.getLast().first() >= kept;
            if (isGrowing) parts.removeLast();
            addParts(target, parts, Math.max(end(hashes), end(parts)), size);
            return finish(target, generationAfter(before), checkpoint, hashes, parts);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /// Replaces the bundle of keys and tables alone, at once; the records stay as they were backed up last.
    ///
    /// @return empty if there is no backup yet, which the bundle would belong to
    Optional<Manifest> refresh(ExternalStorage storage, BackupKey key, Optional<LastBackup> last)
            throws IOException {
        var before = Backup.open(storage, key).map(Backup::manifest);
        requireOwn(before, last);
        if (before.isEmpty()) return Optional.empty();
        var old = before.get();
        var target = new Target(storage, key, old.backup());
        return Optional.of(
                finish(
                        target,
                        generationAfter(before),
                        old.checkpoint(),
                        old.hashes(),
                        old.parts()));
    }

    private static long generationAfter(Optional<Manifest> before) {
        return before.map(Manifest::generation).orElse(0L) + 1;
    }

    private void requireOwn(Optional<Manifest> found, Optional<LastBackup> last)
            throws IOException {
        if (found.isEmpty()) return;
        var manifest = found.get();
        if (last.isPresent()
                && (!last.get().backup().equals(manifest.backup())
                        || manifest.generation() < last.get().generation())) {
            throw new BackupDamaged(
                    Manifest.NAME,
                    "it is of generation %d of backup %s, and this node wrote generation %d of %s"
                            .formatted(
                                    manifest.generation(),
                                    manifest.backup().toHex(),
                                    last.get().generation(),
                                    last.get().backup().toHex()));
        }
        if (!records.grewFrom(manifest.log())) {
            throw new BackupDamaged(
                    Manifest.NAME,
                    "it is not of the log of this node: %s with %d records"
                            .formatted(manifest.log().origin(), manifest.records()));
        }
    }

    private static long end(List<Manifest.Part> parts) {
        return parts.isEmpty() ? 0 : parts.getLast().end();
    }

    /// Keeps what stands for the records before the first that is kept: the tiles, and the leaves behind the last full one.
    private List<Manifest.Part> hashes(Target target, long kept) throws IOException {
        var hashes = new ArrayList<Manifest.Part>();
        long full = kept / Tile.FULL_WIDTH;
        for (long tile = 0; tile < full; ) {
            var content = new ByteArrayOutputStream();
            long first = tile;
            while (tile < full && content.size() < RecordPart.FULL) {
                var one = records.tiles().tile(new Tile(0, tile++, Tile.FULL_WIDTH));
                content.writeBytes(one.unsafeArray());
            }
            hashes.add(
                    target.putHashes(
                            first * Tile.FULL_WIDTH,
                            tile * Tile.FULL_WIDTH,
                            Bytes.unsafe(content.toByteArray())));
        }
        int rest = (int) (kept % Tile.FULL_WIDTH);
        if (rest > 0) {
            var entries = records.tiles().entries(full, rest);
            hashes.add(target.putHashes(full * Tile.FULL_WIDTH, kept, entries));
        }
        return hashes;
    }

    private void addParts(Target target, List<Manifest.Part> parts, long from, long size)
            throws IOException {
        long first = from;
        try (var reader = records.from(first)) {
            while (first < size) {
                var part = new RecordPart();
                long end = first;
                while (end < size && !part.isFull()) {
                    part.add(reader.next().orElseThrow());
                    end++;
                }
                parts.add(target.put(first, end, Manifest.Part::name, part.encode()));
                first = end;
            }
        }
        if (records.first() > from && from < size) {
            throw new IOException("records were removed while they were backed up; try again");
        }
    }

    /// The state comes after the records, so that it has every key that they are sealed with.
    private Manifest finish(
            Target target,
            long generation,
            Bytes checkpoint,
            List<Manifest.Part> hashes,
            List<Manifest.Part> parts)
            throws IOException {
        var pieces = new ArrayList<Manifest.Piece>();
        for (var piece : state.get().pieces()) {
            var name = "state-%016x-%d".formatted(generation, pieces.size());
            pieces.add(new Manifest.Piece(name, Backup.sha256(target.put(name, piece))));
        }
        var manifest =
                new Manifest(
                        target.id,
                        generation,
                        clock.instant(),
                        checkpoint,
                        witnessed.get(),
                        hashes,
                        parts,
                        pieces);
        target.put(Manifest.NAME, manifest.encode());
        target.deleteAllBut(manifest);
        return manifest;
    }

    private static Checkpoint log(Bytes note) {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }

    private Bytes freshId() {
        var id = new byte[SealedObject.ID_LENGTH];
        random.nextBytes(id);
        return Bytes.unsafe(id);
    }

    /// The storage, with what every object is sealed with.
    private final class Target {
        private final ExternalStorage storage;
        private final BackupKey key;
        private final Bytes id;

        Target(ExternalStorage storage, BackupKey key, Bytes id) {
            this.storage = storage;
            this.key = key;
            this.id = id;
        }

        Bytes put(String name, Bytes plain) throws IOException {
            var sealed = new SealedObject(id, plain).seal(key, name, random);
            storage.put(name, sealed);
            return sealed;
        }

        Manifest.Part putHashes(long first, long end, Bytes plain) throws IOException {
            return put(first, end, Manifest.Part::nameOfHashes, plain);
        }

        Manifest.Part put(long first, long end, Function<Manifest.Part, String> naming, Bytes plain)
                throws IOException {
            var named = new Manifest.Part(first, end, 0, Bytes.utf8(""));
            var sealed = put(naming.apply(named), plain);
            return new Manifest.Part(first, end, sealed.length(), Backup.sha256(sealed));
        }

        void deleteAllBut(Manifest manifest) throws IOException {
            var named = new HashSet<String>();
            named.add(Manifest.NAME);
            manifest.hashes().forEach(part -> named.add(part.nameOfHashes()));
            manifest.parts().forEach(part -> named.add(part.name()));
            manifest.state().forEach(piece -> named.add(piece.name()));
            for (var stored : storage.list()) {
                if (!named.contains(stored.name())) storage.delete(stored.name());
            }
        }
    }
}
