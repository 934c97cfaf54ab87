// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How the record has grown since this node started, in a bounded number of points.
///
/// When there are too many, every second one is dropped and further ones are kept half as often: the whole time stays
/// in sight, ever more coarsely. The newest point is always there.
final class Growth {
    /// @param records how many were durable
    /// @param bytes how many the log took on disk: journal, tiles and entry bundles
    record Point(Instant time, long records, long bytes) {}

    static final int MOST = 512;

    private final List<Point> kept = new ArrayList<>();
    private final List<Point> newest = new ArrayList<>(1);
    private long added;
    private long stride = 1;

    synchronized void add(Point point) {
        newest.clear();
        if (added++ % stride != 0) {
            newest.add(point);
            return;
        }
        kept.add(point);
        if (kept.size() == MOST) thin();
    }

    private void thin() {
        newest.add(kept.getLast());
        for (int i = 1; i < kept.size(); i++) kept.remove(i);
        stride *= 2;
    }

    /// From the oldest to the newest.
    synchronized List<Point> points() {
        var points = new ArrayList<>(kept);
        points.addAll(newest);
        return List.copyOf(points);
    }
}
