// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.MerkleHash;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/// Checks every file below `tile/`: those that the tree asks for, those of smaller trees, which are kept for whoever still
/// has their checkpoints, and those that should not be there.
///
/// The files of smaller trees are compared with the records themselves: of the tile that they became, a node that was
/// killed may not have written anything yet.
final class TileFilesCheck implements Tiling.Sink {
    private static final Pattern NAME =
            Pattern.compile(
                    "tile/([0-7]|entries)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    private final Disk disk;
    private final DataDirectory directory;
    private final TileCheck tree;
    private final boolean live;

    /// @param tree checks what the tree asks for
    /// @param live whether the tree may have grown since
    TileFilesCheck(Disk disk, DataDirectory directory, TileCheck tree, boolean live) {
        this.disk = disk;
        this.directory = directory;
        this.tree = tree;
        this.live = live;
    }

    @Override
    public void tile(Tile tile, Bytes hashes) throws IOException {
        tree.tile(tile, hashes);
        if (tile.isFull()) checkSmaller(tile.path(), width -> prefix(hashes, width));
    }

    @Override
    public void bundle(long index, int width, Bytes entries) throws IOException {
        tree.bundle(index, width, entries);
        if (width < Tile.FULL_WIDTH) return;
        checkSmaller(
                EntryBundle.path(index, width),
                smaller -> prefix(EntryBundle.parse(entries, width).entries(), smaller));
    }

    private void checkSmaller(String full, IntFunction<Bytes> expected) throws IOException {
        for (var file : disk.list(directory.root().resolve(full + ".p"))) {
            var name = NAME.matcher(path(file));
            int width = name.matches() ? Integer.parseInt(name.group(3)) : 0;
            if (width > 0 && width < Tile.FULL_WIDTH) require(file, expected.apply(width));
        }
    }

    /// Checks what is left of the bundles of records that were pruned: each that is there fits its tile.
    void checkPruned(long first) throws IOException {
        for (long index = 0; index < first / Tile.FULL_WIDTH; index++) {
            var path = EntryBundle.path(index, Tile.FULL_WIDTH);
            var file = directory.root().resolve(path);
            if (!disk.exists(file)) continue;
            var hashes = ByteBuffer.allocate(Tile.FULL_WIDTH * Hash.LENGTH);
            try {
                var bundle = EntryBundle.parse(Bytes.unsafe(disk.content(file)), Tile.FULL_WIDTH);
                for (var entry : bundle.entries()) {
                    hashes.put(MerkleHash.leaf(entry).bytes().unsafeArray());
                }
            } catch (IllegalArgumentException malformed) {
                throw new LogDamaged(path, malformed);
            }
            var tile = new Tile(0, index, Tile.FULL_WIDTH);
            var known = Bytes.unsafe(disk.content(directory.root().resolve(tile.path())));
            if (!known.equals(Bytes.unsafe(hashes.array()))) {
                throw new LogDamaged(path, "it does not have the hashes of its tile");
            }
        }
    }

    /// Checks the names of all files, and the smaller ones of the edge of the tree.
    ///
    /// @param tiling the tree of all records
    void checkNames(Tiling tiling) throws IOException {
        for (var file : disk.list(directory.tiles())) checkName(file, path(file), tiling);
    }

    private void checkName(Path file, String path, Tiling tiling) throws IOException {
        var name = NAME.matcher(path);
        if (!name.matches()) throw new LogDamaged(path, "no such file belongs here");
        boolean isBundle = name.group(1).equals("entries");
        int level = isBundle ? 0 : Integer.parseInt(name.group(1));
        long index = Long.parseLong(name.group(2).replaceAll("[x/]", ""));
        int width = name.group(3) == null ? Tile.FULL_WIDTH : Integer.parseInt(name.group(3));
        long full = Tile.full(level, tiling.size());
        var edge = tiling.edge(level);
        int known =
                index < full ? Tile.FULL_WIDTH : index == full ? edge.length() / Hash.LENGTH : 0;
        if (width > known || width == 0 || !path.equals(path(isBundle, level, index, width))) {
            if (live) return;
            throw new LogDamaged(path, "no such file belongs here");
        }
        if (index == full) {
            require(file, isBundle ? prefix(tiling.entries(), width) : prefix(edge, width));
        }
    }

    private void require(Path file, Bytes expected) throws IOException {
        try {
            if (!expected.equals(Bytes.unsafe(disk.content(file)))) {
                throw new LogDamaged(path(file), "it is not made of the records");
            }
        } catch (NoSuchFileException gone) {
            if (!live) throw gone;
        }
    }

    private static Bytes prefix(Bytes hashes, int width) {
        return hashes.slice(0, width * Hash.LENGTH);
    }

    private static Bytes prefix(List<Bytes> entries, int width) {
        return new EntryBundle(entries.subList(0, width)).encode();
    }

    private String path(Path file) {
        return directory.root().relativize(file).toString().replace('\\', '/');
    }

    private static String path(boolean isBundle, int level, long index, int width) {
        return isBundle ? EntryBundle.path(index, width) : new Tile(level, index, width).path();
    }
}
