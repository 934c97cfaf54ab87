// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.springframework.context.SmartLifecycle;

import java.sql.SQLException;

/// Carries on, at a start, the erasures that the node died in: after its memory is back, before anything can reach it.
final class Resumption implements SmartLifecycle {
    private final Eraser eraser;
    private volatile boolean running;

    Resumption(Eraser eraser) {
        this.eraser = eraser;
    }

    @Override
    public void start() {
        try {
            eraser.resume();
            running = true;
        } catch (SQLException failure) {
            throw new IllegalStateException("an erasure cannot be carried on", failure);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the agents' memory, and before every listener.
    @Override
    public int getPhase() {
        return 1;
    }
}
