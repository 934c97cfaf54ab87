// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.node.points.Suspicion;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What was told and not yet looked at: bounded in number and bytes, and for each party, so that a flood of one drops
/// what the flood brings and nothing of the others. Whoever tells never waits.
final class Inbox {
    static final int MOST = 8192;
    static final int MOST_OF_ONE = 256;
    static final long MOST_BYTES = 8L << 20;

    /// How many milliseconds more come after the first, before it is looked at.
    private static final int GATHERING = 4;

    private static final int SHARES = 4096;

    /// What agents tell.
    sealed interface Told {
        String party();

        record Updated(Suspicion.Update update) implements Told {
            @Override
            public String party() {
                return update.thing();
            }
        }

        record Failed(Suspicion.Party whose, String what) implements Told {
            @Override
            public String party() {
                return whose.id();
            }
        }

        record Placed(Suspicion.Party whose, Trail.Fix fix) implements Told {
            @Override
            public String party() {
                return whose.id();
            }
        }

        private int bytes() {
            return this instanceof Updated(var update) ? update.pack().raw().length() : 100;
        }
    }

    private final ArrayBlockingQueue<Told> queue = new ArrayBlockingQueue<>(MOST);
    private final AtomicIntegerArray shares = new AtomicIntegerArray(SHARES);
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final int secret;

    /// @param secret spreads the parties over the shares, so that nobody can choose whose share to use up
    Inbox(int secret) {
        this.secret = secret | 1;
    }

    void tell(Told told) {
        int share = share(told);
        if (shares.incrementAndGet(share) <= MOST_OF_ONE) {
            if (bytes.addAndGet(told.bytes()) <= MOST_BYTES && queue.offer(told)) return;
            bytes.addAndGet(-told.bytes());
        }
        shares.decrementAndGet(share);
        dropped.increment();
    }

    @Nullable Told next(Duration longest) throws InterruptedException {
        var told = queue.poll();
        if (told == null) {
            told = queue.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            // Where one comes more do: being woken for each would cost more than looking at it.
            if (told != null) TimeUnit.MILLISECONDS.sleep(GATHERING);
        }
        if (told != null) {
            shares.decrementAndGet(share(told));
            bytes.addAndGet(-told.bytes());
        }
        return told;
    }

    /// How much was dropped because there was too much of it.
    long dropped() {
        return dropped.sum();
    }

    int waiting() {
        return queue.size();
    }

    private int share(Told told) {
        return ((told.party().hashCode() * secret) >>> 16) & (SHARES - 1);
    }
}
