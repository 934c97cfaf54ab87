// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.SealedRecords;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/// The backups of this node: each run and each drill ends as a record, so that it is evidence later.
///
/// One thing at a time; whoever asks waits for the one before.
final class Backups {
    private final Site site;
    private final BackupWriter writer;
    private final Records records;
    private final SealedRecords log;
    private final LiveState state;
    private final String node;
    private final Drill drill;

    /// How many records there were when nothing but the last backup's own record was new.
    private long quietSize = -1;

    /// Where backups go, and what seals them; opened anew for each use, so that a target may come and go.
    interface Target {
        ExternalStorage open() throws IOException;

        BackupKey key() throws IOException;
    }

    /// @param origin of the log, which is the subject of records about the node itself
    record Site(Path dataDirectory, String origin, Target target) {}

    Backups(
            Site site,
            BackupWriter writer,
            Records records,
            SealedRecords log,
            LiveState state,
            String node,
            Drill drill) {
        this.site = site;
        this.writer = writer;
        this.records = records;
        this.log = log;
        this.state = state;
        this.node = node;
        this.drill = drill;
    }

    /// Backs up what is durable now, and puts that on the record.
    synchronized Manifest run() throws IOException {
        try (var storage = site.target.open()) {
            var last = LastBackup.read(site.dataDirectory);
            var manifest = writer.run(storage, site.target.key(), last);
            LastBackup.of(manifest).write(site.dataDirectory);
            var json = described(manifest).put("target", storage.place());
            quietSize = 1 + record(Record.Kind.BACKED_UP, manifest.backup(), json);
            return manifest;
        }
    }

    /// Whether there are records that a backup would add.
    synchronized boolean isDue() {
        return log.size() != quietSize;
    }

    /// Replaces the keys and tables in the backup with those of now.
    ///
    /// @return false if there is no backup yet
    synchronized boolean refresh() throws IOException {
        try (var storage = site.target.open()) {
            var last = LastBackup.read(site.dataDirectory);
            var manifest = writer.refresh(storage, site.target.key(), last);
            if (manifest.isEmpty()) return false;
            LastBackup.of(manifest.get()).write(site.dataDirectory);
            return true;
        }
    }

    /// Restores the backup into a scratch directory, verifies it, and puts on the record what came of it.
    synchronized Drill.Result drill() throws IOException {
        try (var storage = site.target.open()) {
            var backup = Backup.open(storage, site.target.key());
            if (backup.isEmpty()) throw new IOException("there is no backup yet");
            var result = drilled(backup.get());
            record(
                    Record.Kind.DRILLED,
                    backup.get().manifest().backup(),
                    described(result).put("target", storage.place()));
            return result;
        } catch (BackupDamaged damaged) {
            var failed =
                    new Drill.Result.Failed(damaged.place(), String.valueOf(damaged.getMessage()));
            record(Record.Kind.DRILLED, Bytes.utf8(""), described(failed));
            return failed;
        }
    }

    private Drill.Result drilled(Backup backup) throws IOException {
        if (!log.grewFrom(backup.manifest().log())) {
            return new Drill.Result.Failed(
                    Manifest.NAME, "its checkpoint is not of what this log grew from");
        }
        return drill.run(backup, LastBackup.read(site.dataDirectory), seen());
    }

    private List<Bytes> seen() {
        var seen = new ArrayList<Bytes>();
        seen.add(log.checkpoint());
        state.witnessed().ifPresent(seen::add);
        return seen;
    }

    private long record(Record.Kind kind, Bytes backup, ObjectNode json) throws IOException {
        var details = Bytes.utf8(json.toString());
        var entry = new Entry(kind, Assurance.NONE, site.origin, node, backup.toHex(), details);
        try {
            return records.append(List.of(entry)).join().firstIndex();
        } catch (CompletionException failure) {
            throw new IOException("the record takes nothing", failure.getCause());
        }
    }

    static ObjectNode described(Manifest manifest) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("backup", manifest.backup().toHex())
                .put("generation", manifest.generation())
                .put("time", manifest.time().toString())
                .put("records", manifest.records())
                .put("root", manifest.log().root().toBase64())
                .put("parts", manifest.parts().size())
                .put("bytes", manifest.bytes());
    }

    static ObjectNode described(Drill.Result result) {
        return switch (result) {
            case Drill.Result.Passed(Manifest manifest, long records, long opened, long missing) ->
                    described(manifest)
                            .put("passed", true)
                            .put("verified", records)
                            .put("opened", opened)
                            .put("newer", missing);
            case Drill.Result.Failed(String place, String check) ->
                    JsonMapper.shared()
                            .createObjectNode()
                            .put("passed", false)
                            .put("place", place)
                            .put("check", check);
        };
    }
}
