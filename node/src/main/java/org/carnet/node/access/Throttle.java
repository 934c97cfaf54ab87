// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes whoever guesses wait, longer with each guess, and forgets it after an hour without one.
///
/// An attempt counts before it is examined, so guesses made at the same time count as well.
public final class Throttle {
    /// @param key what is counted; @param free attempts that need not wait; @param longest wait
    public record Bucket(String key, int free, Duration longest) {}

    private static final int MOST = 20_000;
    private static final Duration MEMORY = Duration.ofHours(1);

    private record Count(int attempts, Instant last, Instant notBefore) {
        static final Count NONE = new Count(0, Instant.EPOCH, Instant.EPOCH);

        Count another(Bucket bucket, Instant now) {
            int more = last.plus(MEMORY).isBefore(now) ? 1 : attempts + 1;
            int beyond = more - bucket.free();
            if (beyond <= 0) return new Count(more, now, now);
            var wait = Duration.ofSeconds(1L << Math.min(beyond - 1, 20));
            return new Count(
                    more,
                    now,
                    now.plus(wait.compareTo(bucket.longest()) < 0 ? wait : bucket.longest()));
        }
    }

    private final InstantSource clock;
    private final Map<String, Count> counts =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                    return size() > MOST;
                }
            };

    public Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts an attempt.
    ///
    /// @return how long to wait before trying again; zero if the attempt may be examined now
    public synchronized Duration attempt(List<Bucket> buckets) {
        var now = clock.instant();
        var ready =
                buckets.stream()
                        .map(bucket -> count(bucket).notBefore())
                        .max(Instant::compareTo)
                        .orElse(now);
        if (ready.isAfter(now)) return Duration.between(now, ready);
        for (var bucket : buckets) counts.put(bucket.key(), count(bucket).another(bucket, now));
        return Duration.ZERO;
    }

    /// Forgets what was counted: it was the right person.
    public synchronized void succeeded(List<Bucket> buckets) {
        buckets.forEach(bucket -> counts.remove(bucket.key()));
    }

    private Count count(Bucket bucket) {
        return counts.getOrDefault(bucket.key(), Count.NONE);
    }
}
