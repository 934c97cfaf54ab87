// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// Counts what passes over each reference point, for the picture of the node at work.
public final class Traffic {
    /// The points of FGMV-44 clause 8.9 that this node serves.
    public enum Point {
        R1,
        R2,
        R4
    }

    /// @param in messages towards the avatars or the storage since the start
    /// @param out messages away from them
    public record Count(long in, long out) {}

    private record Adders(LongAdder in, LongAdder out) {}

    private final Map<Point, Adders> adders = new EnumMap<>(Point.class);

    public Traffic() {
        for (var point : Point.values()) {
            adders.put(point, new Adders(new LongAdder(), new LongAdder()));
        }
    }

    private Adders adders(Point point) {
        return Objects.requireNonNull(adders.get(point));
    }

    public void in(Point point) {
        adders(point).in().increment();
    }

    public void out(Point point) {
        adders(point).out().increment();
    }

    public Map<Point, Count> counts() {
        var counts = new EnumMap<Point, Count>(Point.class);
        for (var point : Point.values()) {
            counts.put(point, new Count(adders(point).in().sum(), adders(point).out().sum()));
        }
        return counts;
    }
}
