// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.time.InstantSource;

/// Looks after policies that were edited and decisions that were counted, as long as the node runs.
final class AccessUpkeep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AccessUpkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final PolicyKeeper policies;
    private final DecisionRecords records;
    private final InstantSource clock;
    private @Nullable Thread thread;

    AccessUpkeep(PolicyKeeper policies, DecisionRecords records, InstantSource clock) {
        this.policies = policies;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("access").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY);
                once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            policies.look();
            if (records.isDue(clock.instant())) records.close(clock.instant());
        } catch (RuntimeException e) {
            LOG.error("access could not be looked after", e);
        }
    }

    @Override
    public void stop() {
        var running = thread;
        if (running == null) return;
        thread = null;
        running.interrupt();
        records.close(clock.instant());
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
