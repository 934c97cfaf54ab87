// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.CompactTree;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A copy of somebody's log below a directory: its bundles, its tiles and small files beside them.
///
/// Bundles come first and one by one; tiles are made of them when the copy grows. Nothing here is believed for being
/// here: whoever keeps something has checked it against a signed checkpoint. For one thread at a time, but reading.
public final class LogCopy implements TileReader {
    private final Disk disk = new RealDisk();
    private final Path root;
    private final TileStore tiles;

    public LogCopy(Path root) {
        this.root = root.toAbsolutePath();
        this.tiles = new TileStore(disk, new DataDirectory(this.root));
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        return tiles.tile(tile);
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        return tiles.entries(index, width);
    }

    /// The first entries of a bundle, of which there are so many here at least.
    public List<Bytes> firstEntries(long index, int width) throws IOException {
        try {
            return EntryBundle.parse(tiles.entries(index, width), width).entries();
        } catch (NoSuchFileException noneOfThatWidth) {
            int held = Math.toIntExact(held(index * Tile.FULL_WIDTH) - index * Tile.FULL_WIDTH);
            if (held <= width || held >= Tile.FULL_WIDTH) throw noneOfThatWidth;
            return EntryBundle.parse(tiles.entries(index, held), held).entries().subList(0, width);
        }
    }

    /// Keeps the entries of a bundle, as many as there are; they are on disk for good when this returns.
    public void keep(long index, EntryBundle bundle) throws IOException {
        int width = bundle.entries().size();
        write(EntryBundle.path(index, width), bundle.encode());
        if (width < Tile.FULL_WIDTH) return;
        var partial = root.resolve(EntryBundle.path(index, Tile.FULL_WIDTH) + ".p");
        for (var file : disk.list(partial)) disk.delete(file);
        disk.delete(partial);
    }

    /// How many entries there are here without a gap, if there are `known` at least.
    public long held(long known) throws IOException {
        long index = known / Tile.FULL_WIDTH;
        while (disk.exists(root.resolve(EntryBundle.path(index, Tile.FULL_WIDTH)))) index++;
        long held = index * Tile.FULL_WIDTH;
        var partial = root.resolve(EntryBundle.path(index, Tile.FULL_WIDTH) + ".p");
        long widest = 0;
        for (var file : disk.list(partial)) {
            if (Disk.isTemporary(file)) continue;
            widest = Math.max(widest, Long.parseLong(String.valueOf(file.getFileName())));
        }
        return Math.max(known, held + widest);
    }

    /// Makes the tiles of the tree of `to` entries, all of which are here, from those of the tree of `from`; they are on
    /// disk for good when this returns.
    ///
    /// @return the root of the tree
    public Hash grow(long from, long to) throws IOException {
        try {
            var tiling = tiling(from);
            var sink =
                    new Tiling.Sink() {
                        @Override
                        public void tile(Tile tile, Bytes hashes) throws IOException {
                            tiles.tile(tile, hashes);
                        }

                        @Override
                        public void bundle(long index, int width, Bytes entries)
                                throws IOException {
                            if (!disk.exists(root.resolve(EntryBundle.path(index, width)))) {
                                keep(index, EntryBundle.parse(entries, width));
                            }
                        }
                    };
            while (tiling.size() < to) {
                long index = tiling.size() / Tile.FULL_WIDTH;
                int first = (int) (tiling.size() % Tile.FULL_WIDTH);
                int width = (int) Math.min(Tile.FULL_WIDTH, to - index * Tile.FULL_WIDTH);
                var entries = firstEntries(index, width);
                for (var entry : entries.subList(first, width)) tiling.append(entry, sink);
            }
            tiling.cutEdge(sink);
            tiles.force();
            tiles.prune();
            return tiling.root();
        } catch (IOException failure) {
            tiles.reset();
            throw failure;
        }
    }

    private Tiling tiling(long size) throws IOException {
        if (size == 0) return new Tiling(new CompactTree(), List.of());
        int width = (int) (size % Tile.FULL_WIDTH);
        List<Bytes> entries = width == 0 ? List.of() : firstEntries(size / Tile.FULL_WIDTH, width);
        var tiling = new Tiling(new Proofs(tiles, size).tree(), entries);
        for (var tile : Tile.partial(size)) tiling.resume(tile, tiles.tile(tile));
        return tiling;
    }

    /// A small file by its path below the copy; empty if there is none.
    public Optional<Bytes> read(String path) throws IOException {
        try {
            return Optional.of(Bytes.unsafe(disk.content(root.resolve(path))));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /// Replaces a small file as a whole; it is on disk for good when this returns.
    public void write(String path, Bytes content) throws IOException {
        var file = root.resolve(path);
        var directory = Disk.directoryOf(file);
        boolean isNew = !Files.isDirectory(directory);
        disk.replace(file, content.unsafeArray());
        for (; isNew && directory.startsWith(root); directory = Disk.directoryOf(directory)) {
            disk.forceDirectory(Disk.directoryOf(directory));
        }
    }

    /// How many bytes all files of the copy have.
    public long bytes() throws IOException {
        long bytes = 0;
        for (var file : disk.list(root)) {
            try (var open = disk.read(file)) {
                bytes += open.size();
            } catch (NoSuchFileException gone) {
                // A partial file that has become full meanwhile.
            }
        }
        return bytes;
    }
}
