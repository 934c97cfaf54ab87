// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Things that are dear to make and not safe for many threads: whoever needs one takes the first that is free, and puts it
/// back at the first free place. No more are kept than there are places.
public final class Spare<T> {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    public Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    /// One that nobody else has.
    public T take() {
        for (int i = 0; i < PLACES; i++) {
            if (kept.getPlain(i) == null) continue;
            var free = kept.getAndSet(i, null);
            if (free != null) return free;
        }
        return maker.get();
    }

    /// Keeps it for whoever comes next; it must not be used by who had it any more.
    public void putBack(T thing) {
        for (int i = 0; i < PLACES; i++) {
            if (kept.compareAndSet(i, null, thing)) return;
        }
    }

    /// Hands over all that are kept, and keeps none of them.
    public void clear(Consumer<T> each) {
        for (int i = 0; i < PLACES; i++) {
            var idle = kept.getAndSet(i, null);
            if (idle != null) each.accept(idle);
        }
    }
}
