// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Checks the files below `tile/` that the tree does not ask for: those of smaller trees, which are kept for whoever still
/// has their checkpoints, and those that should not be there.
final class TileFilesCheck {
    private static final Pattern NAME =
            Pattern.compile(
                    "tile/([0-7]|entries)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    private final Disk disk;
    private final DataDirectory directory;
    private final Tiling tiling;
    private final TileStore store;
    private final boolean live;

    /// @param tiling the tree of all records, whose full tiles have been checked
    /// @param live whether the tree may have grown since
    TileFilesCheck(Disk disk, DataDirectory directory, Tiling tiling, boolean live) {
        this.disk = disk;
        this.directory = directory;
        this.tiling = tiling;
        this.store = new TileStore(disk, directory);
        this.live = live;
    }

    void check() throws IOException {
        for (var file : disk.list(directory.tiles())) {
            var path = directory.root().relativize(file).toString().replace('\\', '/');
            try {
                check(file, path);
            } catch (NoSuchFileException gone) {
                if (!live) throw gone;
            }
        }
    }

    private void check(Path file, String path) throws IOException {
        var name = NAME.matcher(path);
        if (!name.matches()) throw new LogDamaged(path, "no such file belongs here");
        boolean isBundle = name.group(1).equals("entries");
        int level = isBundle ? 0 : Integer.parseInt(name.group(1));
        long index = Long.parseLong(name.group(2).replaceAll("[x/]", ""));
        int width = name.group(3) == null ? Tile.FULL_WIDTH : Integer.parseInt(name.group(3));
        long full = Tile.full(level, tiling.size());
        int known = index < full ? Tile.FULL_WIDTH : index == full ? edgeWidth(level) : 0;
        if (width > known || width == 0 || !path.equals(path(isBundle, level, index, width))) {
            if (live) return;
            throw new LogDamaged(path, "no such file belongs here");
        }
        if (width == Tile.FULL_WIDTH) return;
        var expected =
                isBundle
                        ? new EntryBundle(entries(index).subList(0, width)).encode()
                        : hashes(level, index).slice(0, width * Hash.LENGTH);
        if (!expected.equals(Bytes.unsafe(disk.content(file)))) {
            throw new LogDamaged(path, "it is not made of the records");
        }
    }

    private int edgeWidth(int level) {
        return tiling.edge(level).length() / Hash.LENGTH;
    }

    private static String path(boolean isBundle, int level, long index, int width) {
        return isBundle ? EntryBundle.path(index, width) : new Tile(level, index, width).path();
    }

    private Bytes hashes(int level, long index) throws IOException {
        return index < Tile.full(level, tiling.size())
                ? store.tile(new Tile(level, index, Tile.FULL_WIDTH))
                : tiling.edge(level);
    }

    private List<Bytes> entries(long index) throws IOException {
        if (index == Tile.full(0, tiling.size())) return tiling.entries();
        return EntryBundle.parse(store.entries(index, Tile.FULL_WIDTH), Tile.FULL_WIDTH).entries();
    }
}
