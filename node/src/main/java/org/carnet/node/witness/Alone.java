// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Work that is started again and again, and never twice at the same time.
final class Alone implements Runnable {
    private final Runnable work;
    private final Executor executor;
    private final AtomicBoolean busy = new AtomicBoolean();

    Alone(Runnable work, Executor executor) {
        this.work = work;
        this.executor = executor;
    }

    @Override
    public void run() {
        if (!busy.compareAndSet(false, true)) return;
        executor.execute(
                () -> {
                    try {
                        work.run();
                    } finally {
                        busy.set(false);
                    }
                });
    }
}
