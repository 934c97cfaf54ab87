// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import java.util.concurrent.atomic.LongAdder;

/// How often some workers together do one thing, each as fast as it can.
///
/// @param micros of processor time of this process for each time
record Rate(double perSecond, double micros) {
    /// So many are done between two looks at the clock.
    private static final int BATCH = 8;

    /// One time; it throws if what comes of it is not what it has to be.
    @FunctionalInterface
    interface Act {
        void act(int number);
    }

    static Rate of(Act act, int workers, double seconds) throws InterruptedException {
        var done = new LongAdder();
        long before = Processor.nanos();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        var threads = new Thread[workers];
        for (int worker = 0; worker < workers; worker++) {
            int first = worker * BATCH;
            threads[worker] =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        int i = first;
                                        while (System.nanoTime() < end) {
                                            for (int n = 0; n < BATCH; n++) act.act(i + n);
                                            done.add(BATCH);
                                            i = (i + workers * BATCH) & Integer.MAX_VALUE;
                                        }
                                    });
        }
        for (var thread : threads) thread.join();
        double took = (System.nanoTime() - start) / 1e9;
        return new Rate(
                Math.round(done.sum() / took), Processor.micros(before, (double) done.sum()));
    }
}
