// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// One file of the journal: a run of records from `first` on.
///
/// ```text
/// "carnet journal 1" 16 | first record u64 | frame | frame | … | zeros
/// ```
/// Where its records start stands in memory while it grows. Afterwards a file of fixed width beside it tells that of every
/// sixteenth, from the first on; the ones between are counted off from there:
/// ```text
/// offset u32 | CRC32C of record number u64 and offset, u32
/// ```
final class Segment {
    static final int HEADER = 24;
    private static final byte[] MAGIC = "carnet journal 1".getBytes(StandardCharsets.US_ASCII);
    static final int ENTRY = 8;

    /// One record of so many is in the index.
    static final int STEP = 16;

    private static final int SOME_RECORDS = 1 << 13;

    private final Disk disk;
    private final DataDirectory directory;
    private final long first;
    private volatile @Nullable Offsets offsets;

    Segment(Disk disk, DataDirectory directory, long first, @Nullable Offsets offsets) {
        this.disk = disk;
        this.directory = directory;
        this.first = first;
        this.offsets = offsets;
    }

    static byte[] header(long first) {
        return ByteBuffer.allocate(HEADER).put(MAGIC).putLong(first).array();
    }

    /// The number that the name of a segment tells, or -1 if this is not one.
    static long first(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.matches("[0-7][0-9a-f]{15}\\.segment")
                ? Long.parseLong(name.substring(0, 16), 16)
                : -1;
    }

    long first() {
        return first;
    }

    Path file() {
        return directory.segment(first);
    }

    /// Reads the frames from a position on, so many bytes at once.
    ///
    /// @throws LogDamaged if the file does not start as this segment
    FrameReader reader(long position, int chunk) throws IOException {
        var file = disk.read(file());
        var header = ByteBuffer.allocate(HEADER);
        file.read(header, 0);
        if (!Arrays.equals(header.array(), header(first))) {
            file.close();
            throw new LogDamaged(file().toString(), "it does not start as the segment it is named");
        }
        return new FrameReader(file, position, Math.min(file.size(), end()), chunk);
    }

    /// Where its durable records end, as far as that is known.
    long end() {
        var known = offsets;
        return known == null ? Long.MAX_VALUE : known.end();
    }

    /// How many bytes its header and records take; a segment that is full counts whole.
    long length() throws IOException {
        var known = offsets;
        if (known != null) return known.end();
        try (var file = disk.read(file())) {
            return file.size();
        }
    }

    /// This segment, telling from memory where its records start.
    Segment growing(Offsets offsets) {
        return new Segment(disk, directory, first, offsets);
    }

    DiskFile open() throws IOException {
        return disk.open(file());
    }

    /// Where the record with this number in the whole log starts.
    long position(long index) throws IOException {
        var known = offsets;
        if (known != null) return known.at(Math.toIntExact(index - first));
        long indexed = index - (index - first) % STEP;
        var entry = ByteBuffer.allocate(ENTRY);
        try (var file = disk.read(directory.index(first))) {
            file.read(entry, (indexed - first) / STEP * ENTRY);
        }
        if (!Arrays.equals(entry.array(), entry(indexed, entry.getInt(0)))) {
            throw damagedIndex(indexed);
        }
        if (indexed == index) return entry.getInt(0);
        try (var frames = reader(entry.getInt(0), SOME_RECORDS)) {
            for (long at = indexed; at < index; at++) {
                if (frames.next() instanceof Frame) continue;
                throw new LogDamaged("record " + at + " in " + file(), "it is not a whole frame");
            }
            return frames.position();
        }
    }

    private LogDamaged damagedIndex(long index) {
        return new LogDamaged(
                directory.index(first).toString(),
                "it does not tell where record " + index + " starts");
    }

    /// Whether the file that tells where the records start is there for so many.
    boolean isIndexed(long count) throws IOException {
        if (!disk.exists(directory.index(first))) return false;
        try (var file = disk.read(directory.index(first))) {
            return file.size() == entries(count) * ENTRY;
        }
    }

    /// Writes where the records start to the file, which stands in for memory from then on.
    void index(Offsets complete) throws IOException {
        disk.replace(directory.index(first), encoded(complete));
        offsets = null;
    }

    byte[] encoded(Offsets complete) {
        var entries = ByteBuffer.allocate((int) entries(complete.count()) * ENTRY);
        for (int i = 0; i < complete.count(); i += STEP) {
            entries.put(entry(first + i, complete.at(i)));
        }
        return entries.array();
    }

    private static long entries(long count) {
        return (count + STEP - 1) / STEP;
    }

    static byte[] entry(long index, int offset) {
        var checked = ByteBuffer.allocate(12).putLong(index).putInt(offset);
        var checksum = new CRC32C();
        checksum.update(checked.flip());
        return ByteBuffer.allocate(ENTRY).putInt(offset).putInt((int) checksum.getValue()).array();
    }
}
