// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/// What a start makes of the segments it finds.
///
/// A power cut may leave the last commit torn, in any order of its pages. Nobody was told that it is durable, so it is
/// cut off, by whole groups. Everything else that is not as it was written is damage, which no start hides: a record that
/// a checkpoint covers, or one behind which a later commit stands, was durable.
final class Recovery {
    private static final int CHUNK = 1 << 18;

    private Recovery() {}

    /// Where the records of a full segment start.
    ///
    /// @throws LogDamaged if it does not hold exactly `count` whole records
    static Offsets full(Segment segment, long count) throws IOException {
        var scan = scan(segment);
        if (scan.torn.isEmpty() && scan.offsets.count() == count) return scan.offsets;
        throw damaged(
                segment, scan, "the next segment starts with record " + (segment.first() + count));
    }

    /// The last segment, ready to grow, without what a power cut left torn.
    ///
    /// @param covered the number of records that the checkpoint covers
    static Tail.Active last(Segment segment, long covered) throws IOException {
        var scan = scan(segment);
        long kept = segment.first() + scan.offsets.count();
        var file = segment.open();
        if (!scan.torn.isEmpty()) {
            if (kept < covered) throw damaged(segment, scan, "a checkpoint covers it");
            if (hasLaterCommit(file, scan.stop + 1))
                throw damaged(segment, scan, "later records follow");
            Tail.zero(file, scan.offsets.end(), file.size());
        }
        // Another process may have failed to force what this one reads from the cache: so write it
        // again.
        long uncovered = Math.clamp(covered - segment.first(), 0, scan.offsets.count());
        rewrite(file, scan.offsets.at((int) uncovered), scan.offsets.end());
        file.force();
        return new Tail.Active(segment.growing(scan.offsets), file, scan.offsets);
    }

    /// @param offsets of the records of whole groups
    /// @param stop where the first byte stands that is no part of a frame
    /// @param torn why the segment does not end there, or empty if it does
    private record Scan(Offsets offsets, long stop, String torn) {}

    private static Scan scan(Segment segment) throws IOException {
        var offsets = new Offsets();
        var group = new ArrayList<Frame>();
        try (var reader = segment.reader(Segment.HEADER, CHUNK)) {
            var step = reader.next();
            for (; step instanceof Frame frame; step = reader.next()) {
                group.add(frame);
                if (frame.more()) continue;
                for (var whole : group) offsets.add(whole.length());
                group.clear();
            }
            long stop = reader.position();
            if (step instanceof FrameReader.Broken broken)
                return new Scan(offsets, stop, broken.check());
            if (!reader.restIsZero()) return new Scan(offsets, stop, "the rest is not zero");
            return new Scan(offsets, stop, group.isEmpty() ? "" : "its group is not complete");
        }
    }

    private static LogDamaged damaged(Segment segment, Scan scan, String why) {
        var place = "record " + (segment.first() + scan.offsets.count()) + " in " + segment.file();
        return new LogDamaged(
                place, (scan.torn.isEmpty() ? "it is not there" : scan.torn) + ", and " + why);
    }

    private static boolean hasLaterCommit(DiskFile file, long from) throws IOException {
        var rest = ByteBuffer.allocate((int) (file.size() - from));
        file.read(rest, from);
        for (int at = 0; at + Frame.HEADER < rest.capacity(); at++) {
            int word = rest.getInt(at);
            int payload = Frame.payload(word);
            if ((word & Frame.COMMIT) != 0
                    && payload > 0
                    && payload <= rest.capacity() - at - Frame.HEADER
                    && rest.getInt(at + 4) == Frame.checksum(rest, at, payload)) return true;
        }
        return false;
    }

    private static void rewrite(DiskFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += CHUNK) {
            var part = ByteBuffer.allocate((int) Math.min(CHUNK, to - at));
            file.read(part, at);
            file.write(part.flip(), at);
        }
    }
}
