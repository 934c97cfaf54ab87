// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/// The processor time of this process, of which other programs on the machine take nothing away, and its heap.
final class Processor {
    private Processor() {}

    static long nanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Microseconds for each of so many acts since then.
    static double micros(long before, double acts) {
        return Math.round((nanos() - before) / 1e2 / Math.max(1, acts)) / 10.0;
    }

    /// How busy the whole machine was over the last minute, or a negative number where nobody knows.
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// Bytes in use after a collection.
    static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        var memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }
}
