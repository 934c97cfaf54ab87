// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.EntryBundle;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.log.VerifiedCheckpoint;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Brings the durable records into the tree, and has signed what the tree is then.
///
/// A checkpoint costs what was added since the last one and the right edge, whatever the size of the tree. Everything it
/// stands on is on disk before it is. What is signed always grew from what was signed before.
final class Integrator implements Closeable {
    private static final System.Logger LOG = System.getLogger(Integrator.class.getName());

    private final Journal journal;
    private final TileStore tiles;
    private final Checkpoints checkpoints;
    private volatile VerifiedCheckpoint latest;
    private volatile LongConsumer told = size -> {};

    /// The tree as far as it was read; null after a failure, when memory and disk may differ.
    private @Nullable Growth growth;

    private record Growth(Tiling tiling, JournalCursor cursor) {}

    /// Finds the tree as it was left, or builds it again from the journal.
    ///
    /// @throws LogDamaged if the journal does not hold what the checkpoint covers
    Integrator(
            Journal journal,
            TileStore tiles,
            Checkpoints checkpoints,
            Optional<VerifiedCheckpoint> stored)
            throws IOException {
        this.journal = journal;
        this.tiles = tiles;
        this.checkpoints = checkpoints;
        if (stored.isEmpty()) {
            if (journal.size() > 0) LOG.log(System.Logger.Level.WARNING, "no checkpoint is left");
            growth = begun();
            latest = grow(growth);
        } else {
            latest = stored.get();
            integrate();
        }
    }

    VerifiedCheckpoint latest() {
        return latest;
    }

    /// Has the sizes of further checkpoints told.
    void tell(LongConsumer signed) {
        told = signed;
    }

    /// Brings the tree up to what is durable now.
    synchronized void integrate() throws IOException {
        var checkpoint = latest.checkpoint();
        if (growth != null && journal.size() == checkpoint.size()) return;
        try {
            if (growth == null) growth = resumed(checkpoint);
            if (journal.size() > checkpoint.size()) {
                latest = grow(growth);
                told.accept(latest.checkpoint().size());
            }
            tiles.prune();
        } catch (IOException failure) {
            close();
            tiles.reset();
            throw failure;
        }
    }

    private VerifiedCheckpoint grow(Growth growth) throws IOException {
        long size = journal.size();
        read(growth, size);
        growth.tiling.cutEdge(tiles);
        tiles.force();
        return checkpoints.sign(size, growth.tiling.root());
    }

    /// What memory still holds of the leaves is not read back: all that it holds is on disk.
    private void read(Growth growth, long size) throws IOException {
        for (long index = growth.tiling.size(); index < size; index++) {
            var fresh = journal.freshLeaf(index);
            growth.tiling.append(fresh != null ? fresh : stored(growth.cursor, index), tiles);
        }
    }

    private static Bytes stored(JournalCursor cursor, long index) throws IOException {
        cursor.moveTo(index);
        var record = cursor.next();
        if (record == null) throw new IllegalStateException("durable records are not there");
        return Bytes.unsafe(record.leaf());
    }

    /// The tree before the first record of the journal.
    private Growth begun() throws IOException {
        long first = journal.first();
        var tiling = first == 0 ? new Tiling() : Pruned.tiling(first, tiles, Pruned.above(tiles));
        return new Growth(tiling, journal.cursor(first));
    }

    /// The tree of the checkpoint, from its tiles if they are right.
    private Growth resumed(Checkpoint checkpoint) throws IOException {
        if (journal.size() < checkpoint.size()) {
            throw new LogDamaged(
                    "record " + journal.size(), "the checkpoint covers it, and the journal ends");
        }
        try {
            var tiling = fromTiles(checkpoint);
            if (tiling != null) return new Growth(tiling, journal.cursor(checkpoint.size()));
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the tiles cannot be read: " + unreadable);
        }
        LOG.log(System.Logger.Level.WARNING, "building the tiles again from the journal");
        var growth = begun();
        read(growth, checkpoint.size());
        if (!growth.tiling.root().equals(checkpoint.root())) {
            throw new LogDamaged(
                    "records 0 to " + (checkpoint.size() - 1),
                    "they are not those that the checkpoint covers");
        }
        growth.tiling.cutEdge(tiles);
        tiles.force();
        return growth;
    }

    private @Nullable Tiling fromTiles(Checkpoint checkpoint) throws IOException {
        var tree = new Proofs(tiles, checkpoint.size()).tree();
        if (!tree.root().equals(checkpoint.root())) return null;
        var entries = new ArrayList<Bytes>();
        long start = Tile.full(0, tree.size()) * Tile.FULL_WIDTH;
        try (var cursor = journal.cursor(start)) {
            while (start + entries.size() < tree.size()) {
                var record = cursor.next();
                if (record == null) return null;
                entries.add(Bytes.unsafe(record.leaf()));
            }
        }
        var tiling = new Tiling(tree, entries);
        for (var tile : Tile.partial(tree.size())) tiling.resume(tile, tiles.tile(tile));
        if (!tiling.hasItsEntries() || !isBundled(tiling)) return null;
        tiles.resume(tree.size());
        return tiling;
    }

    private boolean isBundled(Tiling tiling) throws IOException {
        var entries = tiling.entries();
        if (entries.isEmpty()) return true;
        var bundle = tiles.entries(Tile.full(0, tiling.size()), entries.size());
        return bundle.equals(new EntryBundle(entries).encode());
    }

    /// Lets go of the journal.
    @Override
    public synchronized void close() throws IOException {
        if (growth != null) growth.cursor.close();
        growth = null;
    }
}
