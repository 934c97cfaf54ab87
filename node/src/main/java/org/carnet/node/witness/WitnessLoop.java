// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/// Starts every round of witnessing, once in each interval, from when the node listens until it stops.
final class WitnessLoop implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessLoop.class);
    private static final int STOP_SECONDS = 10;

    private final List<Runnable> rounds;
    private final Duration interval;
    private final ExecutorService executor;
    private @Nullable Thread thread;

    /// @param rounds each of which only starts what takes long
    /// @param executor of what takes long
    WitnessLoop(List<Runnable> rounds, Duration interval, ExecutorService executor) {
        this.rounds = List.copyOf(rounds);
        this.interval = interval;
        this.executor = executor;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("witness").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (var round : rounds) run(round);
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("a round of witnessing failed; going on", e);
        }
    }

    @Override
    public void stop() {
        var running = thread;
        if (running == null) return;
        thread = null;
        running.interrupt();
        executor.shutdownNow();
        try {
            running.join();
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("witnessing did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// After the web server has opened, and before it closes.
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 512;
    }
}
