// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Hash;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Rebuilds the log of a data directory from sealed records that were kept elsewhere.
///
/// It may be interrupted anywhere and begun again on the same directory: [#size] tells how many records are there for
/// good. Of each record it checks that its details are those of its leaf; whether the leaves are those of the log is
/// told by the roots, which the caller compares with signed checkpoints.
public final class Rebuilding implements Closeable {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Disk disk;
    private final DataDirectory directory;
    private final Closeable lock;
    private final Journal journal;
    private final TileStore tiles;

    /// What the tree over all records turned out to be.
    ///
    /// @param roots by each of the sizes that were asked for
    /// @param highestKey the highest id of a subject's key that any record names; no new key may get one of them
    public record Tree(Map<Long, Hash> roots, long highestKey) {
        public Tree {
            roots = Map.copyOf(roots);
        }
    }

    private Rebuilding(Disk disk, DataDirectory directory, Closeable lock, Journal journal) {
        this.tiles = new TileStore(disk, directory);
        this.disk = disk;
        this.directory = directory;
        this.lock = lock;
        this.journal = journal;
    }

    /// @param segmentBytes the size of a segment of the journal
    /// @param pruned how many of the first records the log had removed
    /// @throws LedgerInUse if a node runs on the directory
    public static Rebuilding open(Path root, long segmentBytes, long pruned) throws IOException {
        var disk = new RealDisk();
        var directory = new DataDirectory(root);
        var lock = disk.lock(directory.lock()).orElseThrow(() -> new LedgerInUse(root));
        try {
            if (pruned > 0) Pruned.keep(disk, directory, pruned);
            return new Rebuilding(
                    disk, directory, lock, new Journal(disk, directory, segmentBytes, RETRY, 0));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /// The number of records that are there for good.
    public long size() {
        return journal.size();
    }

    /// Adds records after the last; they are durable when this returns.
    ///
    /// @throws LogDamaged if one of them does not hold the details of its leaf
    public void append(List<Sealed> records) throws IOException {
        var sealed = new ArrayList<SealedRecord>(records.size());
        for (var record : records) {
            var one = new SealedRecord(record.leaf().unsafeArray(), record.details().unsafeArray());
            Vault.parsed(journal.size() + sealed.size(), one);
            sealed.add(one);
        }
        var futures = sealed.stream().map(one -> journal.append(List.of(one))).toList();
        try {
            futures.forEach(future -> future.join());
        } catch (CompletionException failure) {
            throw new IOException("the journal cannot be written", failure.getCause());
        }
    }

    /// Puts in what stands for full tiles of records that the log had removed: the hashes of their leaves.
    ///
    /// @param index of the first of the tiles
    public void tiles(long index, Bytes hashes) throws IOException {
        int length = Tile.FULL_WIDTH * Hash.LENGTH;
        for (int at = 0; at < hashes.length(); at += length) {
            var tile = new Tile(0, index + at / length, Tile.FULL_WIDTH);
            tiles.tile(tile, hashes.slice(at, Math.min(at + length, hashes.length())));
        }
    }

    /// Puts in the leaves behind the last full tile of records that the log had removed, as an [EntryBundle].
    ///
    /// @param index of the bundle
    public void bundle(long index, int width, Bytes entries) throws IOException {
        tiles.bundle(index, width, entries);
    }

    /// Writes the tiles over all records, and tells the roots of the trees of some sizes on the way.
    public Tree grow(Set<Long> sizes) throws IOException {
        long first = journal.first();
        var tiling = Pruned.tiling(first, tiles, Pruned.above(tiles));
        var roots = new HashMap<Long, Hash>();
        long highest = 0;
        if (sizes.contains(first)) roots.put(first, tiling.root());
        try (var cursor = journal.cursor(first)) {
            for (var next = cursor.next(); next != null; next = cursor.next()) {
                highest = Math.max(highest, Seal.keyId(next.sealed()));
                tiling.append(Bytes.unsafe(next.leaf()), tiles);
                if (sizes.contains(tiling.size())) roots.put(tiling.size(), tiling.root());
            }
        }
        tiling.cutEdge(tiles);
        tiles.force();
        var proofs = new Proofs(tiles, tiling.size());
        for (long size : sizes) if (size < first) roots.put(size, proofs.root(size));
        return new Tree(roots, highest);
    }

    /// Puts a small file of the log, such as its checkpoint, where a node expects it.
    ///
    /// @param name of a file directly below the data directory
    public void put(String name, Bytes content) throws IOException {
        var file = directory.root().resolve(name);
        if (!directory.root().equals(file.getParent())) {
            throw new IllegalArgumentException(name + " is not the name of a file");
        }
        disk.replace(file, content.toArray());
    }

    /// Signs a checkpoint of exactly these records: for a log that is looked at and never continued.
    public void sign(NodeKeys keys, String origin, Hash root, InstantSource clock)
            throws IOException {
        new Checkpoints(disk, directory, keys.signer(origin), clock).sign(size(), root);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            journal.close();
        }
    }
}
