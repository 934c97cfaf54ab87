// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Compares tiles and bundles with what the records make of them, remembers what differs, and writes it anew when told
/// that the records are right.
final class ScrubbedTiles implements Tiling.Sink {
    /// More than that is left to the next pass, so that memory stays flat.
    private static final int MOST = 1000;

    private final Disk disk;
    private final DataDirectory directory;
    private final TileStore tiles;
    private final Map<String, Bytes> differing = new LinkedHashMap<>();

    ScrubbedTiles(Disk disk, DataDirectory directory, TileStore tiles) {
        this.disk = disk;
        this.directory = directory;
        this.tiles = tiles;
    }

    @Override
    public void tile(Tile tile, Bytes hashes) throws IOException {
        try {
            compare(tile.path(), hashes, tiles.tile(tile));
        } catch (NoSuchFileException | IllegalArgumentException | LogDamaged unreadable) {
            differs(tile.path(), hashes);
        }
        compareSmaller(
                tile.completed().path(),
                tile.width(),
                width -> hashes.slice(0, width * Hash.LENGTH));
    }

    @Override
    public void bundle(long index, int width, Bytes entries) throws IOException {
        var path = EntryBundle.path(index, width);
        try {
            compare(path, entries, tiles.entries(index, width));
        } catch (NoSuchFileException | IllegalArgumentException | LogDamaged unreadable) {
            differs(path, entries);
        }
        var all = EntryBundle.parse(entries, width).entries();
        compareSmaller(
                EntryBundle.path(index, Tile.FULL_WIDTH),
                width,
                smaller -> new EntryBundle(all.subList(0, smaller)).encode());
    }

    /// The files of smaller trees are kept for whoever still has their checkpoints.
    private void compareSmaller(String full, int width, IntFunction<Bytes> expected)
            throws IOException {
        for (var file : disk.list(directory.root().resolve(full + ".p"))) {
            var name = String.valueOf(file.getFileName());
            if (!name.matches("[1-9][0-9]{0,2}") || Integer.parseInt(name) >= width) continue;
            try {
                var content = Bytes.unsafe(disk.content(file));
                compare(path(file), expected.apply(Integer.parseInt(name)), content);
            } catch (NoSuchFileException pruned) {
                // It became full meanwhile.
            }
        }
    }

    private String path(Path file) {
        return directory.root().relativize(file).toString();
    }

    private void compare(String path, Bytes expected, Bytes found) {
        if (!expected.equals(found)) differs(path, expected);
    }

    private void differs(String path, Bytes expected) {
        if (differing.size() < MOST) differing.put(path, expected);
    }

    /// Writes what differs as it has to be; answers which files that were.
    List<String> mend() throws IOException {
        for (var file : differing.entrySet()) {
            disk.replace(directory.root().resolve(file.getKey()), file.getValue().unsafeArray());
        }
        return List.copyOf(differing.keySet());
    }
}
