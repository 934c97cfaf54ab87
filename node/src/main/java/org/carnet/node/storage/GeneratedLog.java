// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Hash;
import org.carnet.log.LogSigner;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.node.points.Entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Lays out a log of very many records at once, to measure what it takes to start with it, to grow it and to prove from it.
///
/// All its records are copies of one, so that each tile follows from its level and its width. Written is what a node
/// reads then: the checkpoint, the right edge of the tree, the tiles on the way to the samples, and in the journal the
/// samples and the records behind the last full tile. The rest of the journal is a hole in files of their full size, and
/// the other tiles are not there: the log starts, grows and proves as any other, and does not verify as a whole.
public final class GeneratedLog {
    /// So much room the last segment of the journal has.
    private static final long ROOM = 64L << 20;

    private final Disk disk = new RealDisk();
    private final DataDirectory directory;
    private final SealedRecord record;
    private final long size;

    /// The records before these are in full tiles.
    private final long edge;

    private GeneratedLog(Path directory, SealedRecord record, long size) {
        this.directory = new DataDirectory(directory);
        this.record = record;
        this.size = size;
        this.edge = size - size % Tile.FULL_WIDTH;
    }

    /// @param entry what all records are copies of
    /// @param samples numbers of the records that can be proven
    public static void create(
            Path directory,
            LogSigner log,
            SubjectKeys keys,
            Entry entry,
            long size,
            List<Long> samples,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        if (size < Tile.FULL_WIDTH) throw new IllegalArgumentException("a log that small can grow");
        var record = new Vault(keys, random).seal(entry, clock.instant());
        var generated = new GeneratedLog(directory, record, size);
        var root = generated.writeTiles(samples);
        new Checkpoints(generated.disk, generated.directory, log, clock).sign(size, root);
        generated.writeFull(samples);
        generated.writeLast();
    }

    private Hash writeTiles(List<Long> samples) throws IOException {
        var tiles = new TileStore(disk, directory);
        var leaf = Bytes.unsafe(record.leaf());
        var proofs = new Proofs(new Copies(leaf, tiles), size);
        var root = proofs.root();
        for (long sample : samples) proofs.inclusion(sample);
        int width = (int) (size - edge);
        if (width > 0) {
            var entries = new EntryBundle(Collections.nCopies(width, leaf)).encode();
            tiles.bundle(edge / Tile.FULL_WIDTH, width, entries);
        }
        tiles.force();
        return root;
    }

    /// The first segment holds a few copies, and its index says of each sample that it is among them.
    private void writeFull(List<Long> samples) throws IOException {
        var content = segment(0, Segment.STEP);
        try (var file = disk.open(directory.segment(0))) {
            file.write(content, 0);
        }
        try (var index = disk.open(directory.index(0))) {
            for (long sample : samples) writeEntry(index, sample);
            writeEntry(index, edge - 1);
        }
    }

    private static void writeEntry(DiskFile index, long record) throws IOException {
        long entry = record / Segment.STEP;
        var content = Segment.entry(entry * Segment.STEP, Segment.HEADER);
        index.write(ByteBuffer.wrap(content), entry * Segment.ENTRY);
    }

    private void writeLast() throws IOException {
        try (var file = disk.open(directory.segment(edge))) {
            file.write(segment(edge, (int) (size - edge)), 0);
            file.write(ByteBuffer.allocate(1), ROOM - 1);
        }
    }

    private ByteBuffer segment(long first, int records) {
        var content =
                ByteBuffer.allocate(Segment.HEADER + records * Frame.size(record))
                        .put(Segment.header(first));
        for (int i = 0; i < records; i++) Frame.put(content, Frame.COMMIT, record);
        return content.flip();
    }

    /// Makes up the tiles of equal records, and writes each that is asked for.
    private static final class Copies implements TileReader {
        private final List<Hash> hashes = new ArrayList<>();
        private final Tiling.Sink sink;
        private final Set<Tile> written = new HashSet<>();

        Copies(Bytes leaf, Tiling.Sink sink) {
            this.sink = sink;
            hashes.add(MerkleHash.leaf(leaf));
            for (int level = 0; level < Tile.MAX_LEVEL; level++) {
                var full = new Tile(level, 0, Tile.FULL_WIDTH);
                hashes.add(full.root(content(full)));
            }
        }

        private Bytes content(Tile tile) {
            var content = ByteBuffer.allocate(tile.length());
            var hash = hashes.get(tile.level()).bytes().unsafeArray();
            while (content.hasRemaining()) content.put(hash);
            return Bytes.unsafe(content.array());
        }

        @Override
        public Bytes tile(Tile tile) throws IOException {
            var content = content(tile);
            if (written.add(tile)) sink.tile(tile, content);
            return content;
        }

        @Override
        public Bytes entries(long index, int width) throws IOException {
            throw new NoSuchFileException(EntryBundle.path(index, width)); // no proof needs one
        }
    }
}
