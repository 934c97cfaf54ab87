// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;

/// The whole verification of one published log, bundle by bundle and with memory that does not grow.
final class UrlCheck {
    private final LogSource log;
    private final PublishedTiles published;
    private final LogVerification demands;
    private long bundles;
    private long pruned;

    /// What the removals on the record are about.
    private final Set<Pseudonym> removals = new HashSet<>();

    UrlCheck(LogSource log, LogVerification demands) {
        this.log = log;
        this.published = new PublishedTiles(log);
        this.demands = demands;
    }

    LogVerdict verdict() throws IOException {
        try {
            var key = demands.key(log.content("log.vkey"));
            var signed = LogVerification.checkpoint(log.content("checkpoint"), key);
            var checkpoint = signed.checkpoint();
            var tiles = new TileCheck(published);
            var tiling = new Tiling();
            while (tiling.size() < checkpoint.size()) read(tiling, checkpoint.size(), sink(tiles));
            if (!tiling.root().equals(checkpoint.root())) {
                throw new LogDamaged(
                        "checkpoint", "the published records do not have the root that it signs");
            }
            tiling.cutEdge(sink(tiles));
            demands.requireGrowth(signed, key, published);
            requireRecorded();
            var counts =
                    new LogVerdict.Counts(
                            checkpoint.size(), 0, 0, tiles.tiles(), bundles, 0, pruned);
            return new LogVerdict.Verified(signed, counts);
        } catch (NoSuchFileException missing) {
            throw new LogDamaged(missing.getFile(), "it is missing");
        }
    }

    /// The bundles are what the tree is made of here, so there is nothing to compare them with.
    private Tiling.Sink sink(TileCheck tiles) {
        return new Tiling.Sink() {
            @Override
            public void tile(Tile tile, Bytes hashes) throws IOException {
                tiles.tile(tile, hashes);
            }

            @Override
            public void bundle(long index, int width, Bytes entries) {
                bundles++;
            }
        };
    }

    /// What is missing at the beginning was pruned only if the log itself says so.
    private void requireRecorded() throws LogDamaged {
        for (long first = pruned; first < pruned + Tile.FULL_WIDTH; first++) {
            if (pruned == 0 || removals.contains(Pruned.about(first))) return;
        }
        throw new LogDamaged(EntryBundle.path(0, Tile.FULL_WIDTH), "it is missing");
    }

    private boolean isThere(long index) throws IOException {
        try {
            published.entries(index, Tile.FULL_WIDTH);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private void read(Tiling tiling, long size, Tiling.Sink sink) throws IOException {
        long index = tiling.size() / Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, size - tiling.size());
        var path = EntryBundle.path(index, width);
        if (tiling.size() == pruned && width == Tile.FULL_WIDTH && !isThere(index)) {
            // Only the first bundles may be gone; their hashes stand for them.
            tiling.skip(published.tile(new Tile(0, index, Tile.FULL_WIDTH)), Pruned.above(sink));
            pruned = tiling.size();
            return;
        }
        EntryBundle bundle;
        try {
            bundle = EntryBundle.parse(published.entries(index, width), width);
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged(path, malformed);
        }
        for (var entry : bundle.entries()) {
            try {
                var record = Record.parse(entry);
                if (record.kind() == Record.Kind.PRUNED) removals.add(record.about());
            } catch (IllegalArgumentException malformed) {
                throw new LogDamaged("record " + tiling.size() + " in " + path, malformed);
            }
            tiling.append(entry, sink);
        }
    }
}
