// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// How long each acknowledgement took.
final class Latencies {
    private final long[] nanos;
    private final AtomicInteger count = new AtomicInteger();

    Latencies(int most) {
        nanos = new long[most];
    }

    void add(long taken) {
        int slot = count.getAndIncrement();
        if (slot < nanos.length) nanos[slot] = taken;
    }

    Figures figures() {
        var sorted = Arrays.copyOf(nanos, Math.min(count.get(), nanos.length));
        Arrays.sort(sorted);
        return new Figures(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999));
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) return Double.NaN;
        return Math.round(
                        sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))]
                                / 1e3)
                / 1e3;
    }

    /// Milliseconds.
    record Figures(double p50, double p99, double p999) {}
}
