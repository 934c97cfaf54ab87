// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;

/// The end of the journal, where it grows: the last segment, and the next one when that is full.
///
/// After a failed write nothing is appended before the place was zeroed again, so that no record comes back whose
/// writer was told that it is not kept. For the writer's thread alone.
final class Tail implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final Preparation preparation;
    private final ConcurrentNavigableMap<Long, Segment> segments;
    private Active active;

    /// How far the file of the segment reaches; asking the file costs a system call.
    private long reach;

    /// How far a failed write may have come.
    private long spoiledTo;

    /// The segment that grows, its file, and where its records start.
    record Active(Segment segment, DiskFile file, Offsets offsets) {}

    Tail(Preparation preparation, ConcurrentNavigableMap<Long, Segment> segments, Active active)
            throws IOException {
        this.preparation = preparation;
        this.segments = segments;
        this.active = active;
        this.reach = active.file.size();
    }

    /// The number of records of the journal.
    long records() {
        return active.segment.first() + active.offsets.count();
    }

    boolean hasRoom(int bytes) {
        return active.offsets.end() + (long) bytes <= reach;
    }

    /// Writes the frames of the groups and forces them to disk.
    void append(ByteBuffer frames, List<Group> groups) throws IOException {
        long start = active.offsets.end();
        spoiledTo = Math.max(spoiledTo, start + frames.remaining());
        active.file.write(frames, start);
        active.file.force();
        for (var group : groups) {
            for (var record : group.records) active.offsets.add(Frame.size(record));
        }
        spoiledTo = 0;
        if (2L * active.offsets.end() > reach) preparation.begin();
    }

    /// Zeroes what a failed write may have left.
    void mend() throws IOException {
        long end = active.offsets.end();
        if (spoiledTo <= end) return;
        zero(active.file, end, spoiledTo);
        active.file.force();
        spoiledTo = 0;
    }

    static void zero(DiskFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += CHUNK) {
            file.write(ByteBuffer.allocate((int) Math.min(CHUNK, to - at)), at);
        }
    }

    /// Goes on in a new segment with room for so many bytes.
    ///
    /// @throws DiskFull if there is no room for one
    void roll(int bytes) throws IOException {
        long first = records();
        var file = preparation.take(first, bytes);
        preparation.index(active.segment, active.offsets);
        active.file.close();
        var offsets = new Offsets();
        active = new Active(preparation.segment(first, offsets), file, offsets);
        reach = file.size();
        segments.put(first, active.segment);
    }

    @Override
    public void close() throws IOException {
        active.file.close();
    }
}
