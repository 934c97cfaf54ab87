// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.time.Duration;

/// How many records are durable, and a place to wait for more.
final class Durable {
    private volatile long records;
    private boolean closed;

    Durable(long records) {
        this.records = records;
    }

    long records() {
        return records;
    }

    synchronized void publish(long records) {
        this.records = records;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Waits until there are more records than `count`; false if there are not in time, or never will be.
    synchronized boolean awaitMoreThan(long count, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos();
                records <= count && !closed && left > 0;
                left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return records > count;
    }
}
