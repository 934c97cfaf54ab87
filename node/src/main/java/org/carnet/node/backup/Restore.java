// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.LogVerifier;
import org.carnet.log.Record;
import org.carnet.log.Tile;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.files.WholeFile;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.SealedRecords.Sealed;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.Rebuilding;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Rebuilds a data directory from a backup, and from another copy of the records that came after it.
///
/// Everything is compared with the checkpoints that the log signed. It may be interrupted and run again. A node goes on
/// only with a log that lacks nothing of what is known to be published; anything else can be looked at.
public final class Restore {
    private final Backup backup;
    private final Path directory;
    private final long segmentBytes;
    private final InstantSource clock;

    /// What to restore.
    ///
    /// @param toRecord no record from this one on
    /// @param toTime no record that is later
    /// @param published checkpoints of the log that were seen elsewhere, as at a witness
    /// @param acceptLoss go on although nobody was asked what was published after the backup
    public record Request(
            OptionalLong toRecord,
            Optional<Instant> toTime,
            List<Bytes> published,
            boolean acceptLoss) {
        public Request {
            published = List.copyOf(published);
        }

        boolean isPoint() {
            return toRecord.isPresent() || toTime.isPresent();
        }
    }

    /// What came of it, before the database has its rows and the mark is taken away.
    ///
    /// @param records how many are there
    /// @param fromCopy how many of them the backup did not hold
    /// @param newest the size of the newest checkpoint that is known
    /// @param inspectOnly why no node may go on with it, if so
    public record Restored(
            long records,
            Hash root,
            long fromBackup,
            long fromCopy,
            long newest,
            long highestKey,
            Optional<String> inspectOnly) {
        /// Records that are known to exist and are not there.
        public long missing() {
            return Math.max(0, newest - records);
        }
    }

    /// @param directory empty, or where this was interrupted before
    public Restore(Backup backup, Path directory, long segmentBytes, InstantSource clock) {
        this.backup = backup;
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
    }

    /// Restores keys, records, tiles and checkpoint.
    ///
    /// @throws BackupDamaged if what is there was not signed by the log
    public Restored records(Request request, @Nullable RecordCopy copy) throws IOException {
        RestoreMark.begin(directory, backup.manifest().backup().toHex());
        var state = backup.state();
        for (var file : state.files().entrySet()) {
            WholeFile.createSecretDirectory(parent(file.getKey()));
            WholeFile.writeSecret(directory.resolve(file.getKey()), file.getValue());
        }
        long pruned = backup.manifest().pruned();
        if (request.toRecord().orElse(pruned) < pruned) {
            throw new IOException(
                    "the log had removed the records before %d when it was backed up"
                            .formatted(pruned));
        }
        try (var log = Rebuilding.open(directory, segmentBytes, pruned)) {
            var key = key(state);
            var known = new ArrayList<VerifiedCheckpoint>();
            known.add(verified(backup.manifest().checkpoint(), key));
            for (var note : backup.manifest().witnessed().stream().toList()) {
                known.add(verified(note, key));
            }
            for (var note : request.published()) known.add(verified(note, key));
            hashes(log);
            fromBackup(log, request);
            long fromBackup = log.size();
            if (copy != null) {
                var newest = verified(copy.checkpoint(), key);
                known.add(newest);
                if (!request.isPoint()) fromCopy(log, copy, newest.checkpoint().size());
            }
            return finished(log, request, copy != null, known, fromBackup);
        }
    }

    private Path parent(String file) throws IOException {
        var path = directory.resolve(file).normalize();
        var parent = path.getParent();
        if (!path.startsWith(directory) || parent == null) {
            throw new BackupDamaged("state", "it names a file outside the data directory");
        }
        return parent;
    }

    private static LogVerifier key(KeptState state) throws IOException {
        var line = state.files().get("log.vkey");
        if (line == null) throw new BackupDamaged("state", "the key of the log is not there");
        return LogVerifier.parse(line);
    }

    private static VerifiedCheckpoint verified(Bytes note, LogVerifier key) throws BackupDamaged {
        return switch (Checkpoint.verify(note, key)) {
            case VerifiedCheckpoint verified -> verified;
            case Unverified unverified ->
                    throw new BackupDamaged("checkpoint", unverified.reason());
        };
    }

    /// What stands for the records that the log had removed.
    private void hashes(Rebuilding log) throws IOException {
        for (var part : backup.manifest().hashes()) {
            long tile = part.first() / Tile.FULL_WIDTH;
            var content = backup.hashes(part);
            int rest = (int) (part.end() % Tile.FULL_WIDTH);
            if (rest == 0) log.tiles(tile, content);
            else log.bundle(tile, rest, content);
        }
    }

    private void fromBackup(Rebuilding log, Request request) throws IOException {
        long end = request.toRecord().orElse(Long.MAX_VALUE);
        for (var part : backup.manifest().parts()) {
            if (part.end() <= log.size()) continue;
            if (part.first() >= end) return;
            var records = backup.records(part);
            int from = (int) (log.size() - part.first());
            int to = (int) (Math.min(end, part.end()) - part.first());
            var wanted = notAfter(request.toTime(), records.subList(from, to));
            log.append(wanted);
            if (wanted.size() < to - from) return;
        }
    }

    private static List<Sealed> notAfter(Optional<Instant> time, List<Sealed> records) {
        if (time.isEmpty()) return records;
        int count = 0;
        for (var record : records) {
            if (Record.parse(record.leaf()).time().isAfter(time.get())) break;
            count++;
        }
        return records.subList(0, count);
    }

    private static void fromCopy(Rebuilding log, RecordCopy copy, long end) throws IOException {
        while (log.size() < end) log.append(copy.read(log.size(), end));
    }

    private Restored finished(
            Rebuilding log,
            Request request,
            boolean isCopyAsked,
            List<VerifiedCheckpoint> known,
            long fromBackup)
            throws IOException {
        var sizes = known.stream().map(one -> one.checkpoint().size()).collect(Collectors.toSet());
        sizes.add(log.size());
        var tree = log.grow(sizes);
        long newest = 0;
        for (var one : known) {
            var checkpoint = one.checkpoint();
            newest = Math.max(newest, checkpoint.size());
            var root = tree.roots().get(checkpoint.size());
            if (root != null && !root.equals(checkpoint.root())) {
                throw new BackupDamaged(
                        "records 0 to " + (checkpoint.size() - 1),
                        "they do not have the root that the log signed");
            }
            if (checkpoint.size() == log.size()) log.put("checkpoint", one.note().encode());
        }
        var root = tree.roots().get(log.size());
        if (root == null) throw new IllegalStateException("the root was not computed");
        var why = whyInspectOnly(log.size(), newest, request, isCopyAsked);
        if (known.stream().noneMatch(one -> one.checkpoint().size() == log.size())) {
            var keys = NodeKeys.open(directory, new SecureRandom());
            log.sign(keys, backup.manifest().log().origin(), root, clock);
        } else {
            var witnessed = backup.manifest().witnessed();
            if (witnessed.isPresent()) log.put("checkpoint.witnessed", witnessed.get());
        }
        return new Restored(
                log.size(),
                root,
                fromBackup,
                log.size() - fromBackup,
                newest,
                tree.highestKey(),
                why);
    }

    private static Optional<String> whyInspectOnly(
            long records, long newest, Request request, boolean isCopyAsked) {
        if (records < newest) {
            return Optional.of(
                    "the log has signed %d records, and %d to %d are not here"
                            .formatted(newest, records, newest - 1));
        }
        if (isCopyAsked || !request.published().isEmpty() || request.acceptLoss()) {
            return Optional.empty();
        }
        return Optional.of(
                "nobody was asked what the log published after the backup; name a mirror or a"
                        + " published checkpoint, or accept the loss");
    }

    /// Gives the database what no record restores.
    public void tables(Tables tables, Restored restored) throws IOException {
        tables.write(backup.state().tables(), restored.highestKey());
    }

    /// Lets a node go on with the directory, or says why none may.
    public void finish(Restored restored) throws IOException {
        if (restored.inspectOnly().isPresent()) {
            RestoreMark.inspectOnly(directory, restored.inspectOnly().get());
            return;
        }
        RestoredNote.of(backup, restored).write(directory);
        LastBackup.of(backup.manifest()).write(directory);
        RestoreMark.finish(directory);
    }
}
