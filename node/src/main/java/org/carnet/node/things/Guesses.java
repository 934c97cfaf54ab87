// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Counts the codes that an account tried and no device shows: a few in a quarter of an hour, then it has to wait.
///
/// A code is one of 20^8, so whoever may try five of them while a thousand devices wait hits one in five million times.
final class Guesses {
    static final int MOST = 5;
    static final Duration PERIOD = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> missed = new HashMap<>();

    Guesses(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean mayGuess(String account) {
        var since = clock.instant().minus(PERIOD);
        missed.values().removeIf(times -> times.getLast().isBefore(since));
        var times = missed.get(account);
        if (times == null) return true;
        while (times.getFirst().isBefore(since)) times.removeFirst();
        return times.size() < MOST;
    }

    synchronized void missed(String account) {
        missed.computeIfAbsent(account, _ -> new ArrayDeque<>()).addLast(clock.instant());
    }
}
