// SPDX-License-Identifier: Apache-2.0
package org.carnet;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Things that are dear to make and not thread-safe: whoever needs one takes that of its thread's place, and puts it back.
///
/// A thread that comes again finds what it used last, in its processor's cache. No more are kept than there are places.
public final class Spare<T> {
    /// A power of two.
    private static final int PLACES = 64;

    private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    public Spare(Supplier<T> maker) {
        this.maker = maker;
    }

    /// One that nobody else has.
    public T take() {
        var free = kept.getAndSet(place(), null);
        return free != null ? free : maker.get();
    }

    /// Keeps it for whoever comes next; it must not be used by who had it any more.
    public void putBack(T thing) {
        kept.set(place(), thing);
    }

    /// Hands over all that are kept, and keeps none of them.
    public void clear(Consumer<T> each) {
        for (int i = 0; i < PLACES; i++) {
            var idle = kept.getAndSet(i, null);
            if (idle != null) each.accept(idle);
        }
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (PLACES - 1);
    }
}
