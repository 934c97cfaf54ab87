// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.log.VerifiedCheckpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/// One verification of a whole log whose entries are opaque: the tree is built from the bundles and compared with all.
final class TlogCheck {
    private final TileReader published;
    private final Optional<Path> directory;
    private final boolean mayBePruned;
    private long bundles;

    /// @param directory where the published files are, if they can be listed
    TlogCheck(TileReader published, Optional<Path> directory, boolean mayBePruned) {
        this.published = published;
        this.directory = directory;
        this.mayBePruned = mayBePruned;
    }

    TlogVerdict verdict(VerifiedCheckpoint signed) throws IOException {
        var checkpoint = signed.checkpoint();
        long size = checkpoint.size();
        long first = mayBePruned ? firstBundle(size) : 0;
        var tiling = resumed(first * Tile.FULL_WIDTH, size);
        var tiles = new TileCheck(published);
        var files = directory.map(root -> files(root, tiles));
        var sink = sink(files.<Tiling.Sink>map(some -> some).orElse(tiles));
        while (tiling.size() < size) read(tiling, size, sink);
        if (!tiling.root().equals(checkpoint.root())) {
            throw new LogDamaged(
                    "checkpoint", "the published entries do not have the root that it signs");
        }
        tiling.cutEdge(sink);
        if (files.isPresent()) files.get().checkNames(tiling);
        long kept = first == 0 ? 0 : new PrunedTiles(published, size).check(first);
        return new TlogVerdict.Verified(
                signed, first * Tile.FULL_WIDTH, tiles.tiles() + kept, bundles);
    }

    private static TileFilesCheck files(Path root, TileCheck tiles) {
        return new TileFilesCheck(new RealDisk(), new DataDirectory(root), tiles, false);
    }

    /// The bundles are what the tree is made of, so they are not read a second time; the smaller ones beside them are.
    private Tiling.Sink sink(Tiling.Sink beneath) {
        return new Tiling.Sink() {
            @Override
            public void tile(Tile tile, Bytes hashes) throws IOException {
                beneath.tile(tile, hashes);
            }

            @Override
            public void bundle(long index, int width, Bytes entries) throws IOException {
                if (beneath instanceof TileFilesCheck) beneath.bundle(index, width, entries);
                bundles++;
            }
        };
    }

    private void read(Tiling tiling, long size, Tiling.Sink sink) throws IOException {
        int width = (int) Math.min(Tile.FULL_WIDTH, size - tiling.size());
        var bundle = bundle(published, tiling.size() / Tile.FULL_WIDTH, width);
        for (var entry : bundle.entries()) tiling.append(entry, sink);
    }

    /// @throws LogDamaged that names the bundle if it is not one of that many entries
    static EntryBundle bundle(TileReader published, long index, int width) throws IOException {
        try {
            return EntryBundle.parse(published.entries(index, width), width);
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged(EntryBundle.path(index, width), malformed);
        }
    }

    /// The first bundle that is published, when all are from some one on: found by halving, as no log tells it.
    private long firstBundle(long size) throws IOException {
        long missing = -1;
        long there = size / Tile.FULL_WIDTH;
        for (long step = 0; missing + 1 < there; step = missing + (there - missing) / 2) {
            if (isThere(step)) there = step;
            else missing = step;
        }
        return there;
    }

    private boolean isThere(long bundle) throws IOException {
        try {
            published.entries(bundle, Tile.FULL_WIDTH);
            return true;
        } catch (NoSuchFileException pruned) {
            return false;
        }
    }

    /// The tree of what was pruned, from the tiles that have to stay; the root shows whether they are right.
    private Tiling resumed(long pruned, long size) throws IOException {
        if (pruned == 0) return new Tiling();
        var tiling = new Tiling(new Proofs(published, size).tree(pruned), new ArrayList<>());
        for (var tile : Tile.partial(pruned)) {
            var wider = published.tile(Tile.at(tile.level(), tile.index(), size));
            if (wider.length() < tile.length())
                throw new LogDamaged(tile.path(), "it is too short");
            tiling.resume(tile, wider.slice(0, tile.width() * Hash.LENGTH));
        }
        return tiling;
    }
}
