// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;

/// Remembers what may be shown only once, for as long as it could be shown again.
///
/// It lives in memory and is bounded. After a restart nothing is accepted that was made before it, and when it is full
/// nothing at all: forgetting would let a thief repeat.
final class Replays {
    private static final int MOST = 1 << 17;

    private final LinkedHashMap<String, Instant> seen = new LinkedHashMap<>();
    private final Duration memory;
    private final InstantSource clock;
    private final Instant started;

    /// @param window how far from now the time of what is shown may lie, before and after
    Replays(Duration window, InstantSource clock) {
        this.memory = window.multipliedBy(2);
        this.clock = clock;
        this.started = clock.instant();
    }

    /// Whether something of this name and time is shown for the first time; it is remembered then.
    synchronized boolean isFirst(String name, Instant made) {
        var now = clock.instant();
        var expired = seen.values().iterator();
        while (expired.hasNext() && expired.next().plus(memory).isBefore(now)) expired.remove();
        if (made.plusSeconds(1).isBefore(started) || seen.size() >= MOST) return false;
        return seen.putIfAbsent(name, now) == null;
    }
}
