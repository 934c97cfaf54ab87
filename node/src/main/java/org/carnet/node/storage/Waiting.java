// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Groups on their way from many threads to the one that writes them, without a lock.
///
/// They hang on one another, the newest on top, so that one exchange takes them all.
final class Waiting {
    /// More than this is not taken in: the disk does not keep up, and memory is not its buffer.
    private static final long MAX_BYTES = 64L << 20;

    /// Once this is on top, nothing comes on top of it.
    private final Group last =
            Group.completing(new CompletableFuture<>(), List.of()); // nobody asks for it

    private final AtomicReference<@Nullable Group> newest = new AtomicReference<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable Thread taker;

    /// Whether the taker sleeps until somebody wakes it; a taker at work is not disturbed.
    private volatile boolean asleep;

    /// Queues a group, or completes its future exceptionally when that cannot be.
    void add(Group group) {
        if (bytes.addAndGet(group.bytes) > MAX_BYTES) {
            refuse(group, new RejectedExecutionException("the disk does not keep up"));
        } else if (!push(group)) {
            refuse(group, new IllegalStateException("the journal is closed"));
        }
    }

    private void refuse(Group group, RuntimeException why) {
        bytes.addAndGet(-group.bytes);
        group.failed(why);
    }

    /// Lets what waits be the last.
    void close() {
        push(last);
    }

    private boolean push(Group group) {
        Group top;
        do {
            top = newest.get();
            if (top == last) return false;
            group.older = top;
        } while (!newest.compareAndSet(top, group));
        if (top == null && asleep) LockSupport.unpark(taker);
        return true;
    }

    /// Waits until there is a group and takes all there are, the oldest first; none once it is closed.
    Deque<Group> take() {
        taker = Thread.currentThread();
        var groups = new ArrayDeque<Group>();
        var group = newest.get();
        while (group == null || (group != last && !newest.compareAndSet(group, null))) {
            if (group == null) sleep();
            group = newest.get();
        }
        for (; group != null; group = group.older) {
            if (group != last) groups.addFirst(group);
            bytes.addAndGet(-group.bytes);
        }
        last.older = null;
        return groups;
    }

    private void sleep() {
        asleep = true;
        // Asked again, because whoever came before this saw a taker at work.
        if (newest.get() == null) LockSupport.park(this);
        asleep = false;
    }

    /// Lets more groups come.
    void gather(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime())
            LockSupport.parkNanos(this, left);
    }
}
