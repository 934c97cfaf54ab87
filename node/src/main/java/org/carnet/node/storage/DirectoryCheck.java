// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The whole verification of one data directory, in one pass over its journal and with memory that does not grow.
final class DirectoryCheck {
    private final Disk disk;
    private final DataDirectory directory;
    private final LogVerification demands;

    /// Whether a node runs on it: what lies beyond its checkpoint may change under our eyes and is left out.
    private final boolean live;

    DirectoryCheck(Disk disk, DataDirectory directory, LogVerification demands) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.demands = demands;
        this.live = disk.isLocked(directory.lock());
    }

    LogVerdict verdict() throws IOException {
        var key = demands.key(content(directory.logKey()));
        var checkpoint = LogVerification.checkpoint(content(directory.checkpoint()), key);
        var tiles = new TileCheck(new TileStore(disk, directory));
        var files = new TileFilesCheck(disk, directory, tiles, live);
        var details = new DetailsCheck(demands.keys());
        var journal = new JournalCheck(disk, directory);
        long first = journal.first();
        var store = new TileStore(disk, directory);
        var tiling = first == 0 ? new Tiling() : Pruned.tiling(first, store, files);
        files.checkPruned(first);
        var removals = new HashSet<Pseudonym>();
        JournalCheck.Reader reader =
                (index, record) -> {
                    if (index == checkpoint.checkpoint().size())
                        atCheckpoint(tiling, checkpoint, tiles);
                    details.check(index, record);
                    var leaf = Vault.parsed(index, record);
                    if (leaf.kind() == Record.Kind.PRUNED) removals.add(leaf.about());
                    tiling.append(Bytes.unsafe(record.leaf()), files);
                };
        if (live) journal.read(checkpoint.checkpoint().size(), reader);
        else journal.readAll(reader);
        if (tiling.size() < checkpoint.checkpoint().size()) {
            throw new LogDamaged(
                    "record " + tiling.size(), "the checkpoint covers it, and the journal ends");
        }
        if (tiling.size() == checkpoint.checkpoint().size())
            atCheckpoint(tiling, checkpoint, tiles);
        checkPruned(first, journal, removals);
        files.checkNames(tiling);
        demands.requireGrowth(checkpoint, key, new TileStore(disk, directory));
        long snapshots = details.checkSnapshots(disk, directory, tiling.size(), live);
        return new LogVerdict.Verified(
                checkpoint,
                new LogVerdict.Counts(
                        tiling.size(),
                        tiling.size() - checkpoint.checkpoint().size(),
                        details.opened(),
                        tiles.tiles(),
                        tiles.bundles(),
                        snapshots,
                        first));
    }

    /// Records may be missing at the beginning if the log itself says so: up to there, or further because the node died
    /// while it removed them.
    private void checkPruned(long first, JournalCheck journal, Set<Pseudonym> removals)
            throws IOException {
        long told = Pruned.first(disk, directory);
        if (first == 0 && told == 0) return;
        boolean isRecorded = removals.contains(Pruned.about(told));
        if (first > told || !isRecorded || !journal.starts().contains(told)) {
            throw new LogDamaged(
                    first > told ? "record " + told : "pruned",
                    "the log does not say that the records before it were pruned");
        }
    }

    private static void atCheckpoint(Tiling tiling, VerifiedCheckpoint signed, TileCheck tiles)
            throws IOException {
        var checkpoint = signed.checkpoint();
        if (!tiling.root().equals(checkpoint.root())) {
            throw new LogDamaged(
                    "checkpoint",
                    "the records before "
                            + checkpoint.size()
                            + " do not have the root that it signs");
        }
        tiling.cutEdge(tiles);
        tiles.requireNoMore();
    }

    private Bytes content(Path file) throws IOException {
        try {
            return Bytes.unsafe(disk.content(file));
        } catch (NoSuchFileException absent) {
            throw new LogDamaged(String.valueOf(file.getFileName()), "it is missing");
        }
    }
}
