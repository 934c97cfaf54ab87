// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// Drives a path with updates from several workers, as fast as it takes them or at a fixed rate.
///
/// Each worker takes the next update that is left, so that none stands idle while another has much to do.
final class Load {
    /// Something that takes an update and says later whether it is durable.
    interface Path {
        void send(Bytes update, Answered answered);
    }

    /// Told once for each update.
    interface Answered {
        void durable(boolean durable);
    }

    /// @param perSecond acknowledged updates
    record Result(double perSecond, long refused, Latencies.Figures ackMillis) {}

    private final IntFunction<Path> paths;
    private final int workers;
    private final int inFlight;

    /// @param paths the path of each worker
    Load(IntFunction<Path> paths, int workers, int inFlight) {
        this.paths = paths;
        this.workers = workers;
        this.inFlight = inFlight;
    }

    Result fullSpeed(List<Bytes> updates) throws InterruptedException {
        return run(updates, 0);
    }

    /// Each update has its own moment, so a path that stalls is charged for all that had to wait.
    Result atRate(List<Bytes> updates, double perSecond) throws InterruptedException {
        return run(updates, perSecond);
    }

    private Result run(List<Bytes> updates, double perSecond) throws InterruptedException {
        var latencies = new Latencies(updates.size());
        var refused = new AtomicLong();
        var answered = new CountDownLatch(updates.size());
        var free = new Semaphore(inFlight);
        var next = new AtomicInteger();
        long start = System.nanoTime();
        for (int worker = 0; worker < workers; worker++) {
            var path = paths.apply(worker);
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                for (int i = next.getAndIncrement();
                                        i < updates.size();
                                        i = next.getAndIncrement()) {
                                    long due =
                                            perSecond == 0
                                                    ? 0
                                                    : start + (long) (i * 1e9 / perSecond);
                                    while (due > System.nanoTime())
                                        LockSupport.parkNanos(due - System.nanoTime());
                                    free.acquireUninterruptibly();
                                    long sent = due == 0 ? System.nanoTime() : due;
                                    path.send(
                                            updates.get(i),
                                            durable -> {
                                                free.release();
                                                if (durable)
                                                    latencies.add(System.nanoTime() - sent);
                                                else refused.incrementAndGet();
                                                answered.countDown();
                                            });
                                }
                            });
        }
        answered.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                Math.round((updates.size() - refused.get()) / seconds),
                refused.get(),
                latencies.figures());
    }
}
