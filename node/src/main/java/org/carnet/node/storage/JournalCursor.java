// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentNavigableMap;

/// Reads durable records one after another. Not thread-safe.
final class JournalCursor implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final ConcurrentNavigableMap<Long, Segment> segments;
    private final Durable durable;
    private long index;
    private @Nullable Segment segment;
    private @Nullable FrameReader reader;

    JournalCursor(ConcurrentNavigableMap<Long, Segment> segments, Durable durable, long from) {
        this.segments = segments;
        this.durable = durable;
        this.index = from;
    }

    /// The number of the next record.
    long index() {
        return index;
    }

    /// Goes on with another record.
    void moveTo(long index) throws IOException {
        if (index == this.index) return;
        close();
        this.index = index;
    }

    /// The next record; null while no further one is durable.
    @Nullable SealedRecord next() throws IOException {
        if (index >= durable.records()) return null;
        var place = segments.floorEntry(index).getValue();
        if (reader == null || place != segment) {
            close();
            segment = place;
            reader = place.reader(place.position(index), CHUNK);
        }
        reader.limit(place.end());
        if (reader.next() instanceof Frame frame) {
            index++;
            return frame.record();
        }
        throw new LogDamaged("record " + index + " in " + place.file(), "it is not a whole frame");
    }

    @Override
    public void close() throws IOException {
        if (reader != null) reader.close();
        reader = null;
    }
}
