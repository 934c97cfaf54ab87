// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs what has to be done again and again while the node runs, one thing after another.
final class Upkeep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long EVERY_SECONDS = 60;

    private final Task task;
    private volatile boolean running;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("upkeep").factory());

    /// Does what is due, if anything is.
    interface Task {
        void run() throws Exception;
    }

    Upkeep(Task task) {
        this.task = task;
    }

    @Override
    public void start() {
        timer.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    private void tick() {
        try {
            task.run();
        } catch (Exception failure) {
            LOG.error("old data was not forgotten; trying on ({})", failure.getClass().getName());
        }
    }

    @Override
    public void stop() {
        timer.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
