// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;

/// Reads every byte of a journal, and hands over the records whose frames are whole.
final class JournalCheck {
    private static final int CHUNK = 1 << 18;

    private final Disk disk;
    private final DataDirectory directory;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();

    /// Takes what was read.
    interface Reader {
        void record(long index, SealedRecord record) throws IOException;
    }

    JournalCheck(Disk disk, DataDirectory directory) throws IOException {
        this.disk = disk;
        this.directory = directory;
        for (var file : disk.list(directory.journal())) {
            long first = Segment.first(file);
            if (first >= 0) segments.put(first, new Segment(disk, directory, first, null));
        }
        if (segments.isEmpty()) throw new LogDamaged("journal", "it has no segment");
    }

    /// The number of the first record that is there.
    long first() {
        return segments.firstKey();
    }

    /// The number of the first record of each segment.
    Set<Long> starts() {
        return segments.keySet();
    }

    /// Reads all there is.
    void readAll(Reader reader) throws IOException {
        checkNames();
        long end = read(Long.MAX_VALUE, reader);
        if (disk.exists(directory.prepared())) checkPrepared(end);
    }

    /// Reads the records before `end`, and tells the number of the one that would be next.
    long read(long end, Reader reader) throws IOException {
        long index = first();
        for (var segment : segments.values()) {
            if (index >= end) return index;
            if (segment.first() != index) {
                throw new LogDamaged("record " + index, "no segment holds it");
            }
            index = read(segment, end, reader);
        }
        return index;
    }

    private long read(Segment segment, long end, Reader reader) throws IOException {
        var offsets = new Offsets();
        long index = segment.first();
        try (var frames = segment.reader(Segment.HEADER, CHUNK)) {
            var step = frames.next();
            boolean groupIsOpen = false;
            while (step instanceof Frame frame) {
                reader.record(index++, frame.record());
                if (index == end) return index;
                offsets.add(frame.length());
                groupIsOpen = frame.more();
                step = frames.next();
            }
            var place = "record " + index + " in " + place(segment.file());
            if (step instanceof FrameReader.Broken broken)
                throw new LogDamaged(place, broken.check());
            if (groupIsOpen) throw new LogDamaged(place, "it is missing in its group");
            if (!frames.restIsZero()) {
                throw new LogDamaged(place(segment.file()), "what follows its records is not zero");
            }
        }
        checkIndex(segment, offsets);
        return index;
    }

    private void checkIndex(Segment segment, Offsets offsets) throws IOException {
        var file = directory.index(segment.first());
        if (disk.exists(file) && !Arrays.equals(disk.content(file), segment.encoded(offsets))) {
            throw new LogDamaged(place(file), "it does not tell where the records start");
        }
    }

    /// A prepared segment is zero, but for the head that it may have been given already.
    private void checkPrepared(long next) throws IOException {
        var file = directory.prepared();
        try (var prepared = disk.read(file)) {
            var head = ByteBuffer.allocate(Segment.HEADER);
            prepared.read(head, 0);
            boolean isGiven = Arrays.equals(head.array(), Segment.header(next));
            long start = isGiven ? Segment.HEADER : 0;
            if (!new FrameReader(prepared, start, prepared.size(), CHUNK).restIsZero()) {
                throw new LogDamaged(place(file), "it is not zero");
            }
        }
    }

    private void checkNames() throws IOException {
        for (var file : disk.list(directory.journal())) {
            if (!isKnown(file)) throw new LogDamaged(place(file), "no such file belongs here");
        }
    }

    private boolean isKnown(Path file) {
        if (file.equals(directory.prepared())) return true;
        var last = segments.lastKey();
        return segments.keySet().stream()
                .anyMatch(
                        first ->
                                file.equals(directory.segment(first))
                                        || (first < last && isIndex(file, directory.index(first))));
    }

    private static boolean isIndex(Path file, Path index) {
        return file.equals(index) || file.equals(Disk.temporary(index));
    }

    private String place(Path file) {
        return directory.root().relativize(file).toString();
    }
}
