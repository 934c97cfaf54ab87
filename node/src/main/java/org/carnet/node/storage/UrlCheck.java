// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Record;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// The whole verification of one published log, bundle by bundle and with memory that does not grow.
final class UrlCheck {
    private final LogSource log;
    private final PublishedTiles published;
    private final LogVerification demands;
    private long bundles;

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
            var counts = new LogVerdict.Counts(checkpoint.size(), 0, 0, tiles.tiles(), bundles, 0);
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

    private void read(Tiling tiling, long size, Tiling.Sink sink) throws IOException {
        long index = tiling.size() / Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, size - tiling.size());
        var path = EntryBundle.path(index, width);
        EntryBundle bundle;
        try {
            bundle = EntryBundle.parse(published.entries(index, width), width);
        } catch (IllegalArgumentException malformed) {
            throw new LogDamaged(path, malformed);
        }
        for (var entry : bundle.entries()) {
            try {
                Record.parse(entry);
            } catch (IllegalArgumentException malformed) {
                throw new LogDamaged("record " + tiling.size() + " in " + path, malformed);
            }
            tiling.append(entry, sink);
        }
    }
}
