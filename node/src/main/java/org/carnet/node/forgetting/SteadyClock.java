// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that no jump can hurry: what is destroyed because of its age is destroyed by this time.
///
/// It goes on from the time that it believed last, as fast as the monotonic counter of the machine. While the real clock is
/// near, it follows it. When that is far ahead or behind, because it jumped or because the node was down, it is believed
/// only after it has kept pace with the counter for a whole day; until then the earlier of both times holds. Not thread-safe.
final class SteadyClock {
    /// A clock that differs by less is being set right, not jumping.
    static final Duration NEAR = Duration.ofMinutes(10);

    /// How long a clock that jumped must keep pace.
    static final Duration PROOF = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanos;
    private Instant believed;
    private long believedAt;
    private Instant suspect = Instant.MIN;
    private long suspectAt;

    /// @param believed the time that was believed last
    /// @param nanos the monotonic counter
    SteadyClock(InstantSource clock, LongSupplier nanos, Instant believed) {
        this.clock = clock;
        this.nanos = nanos;
        this.believed = believed;
        this.believedAt = nanos.getAsLong();
    }

    /// The time to go by, never later than the real clock says.
    Instant read() {
        long count = nanos.getAsLong();
        var real = clock.instant();
        var steady = believed.plusNanos(count - believedAt);
        if (isNear(real, steady) || isProved(real, count)) return believe(real, count);
        return real.isBefore(steady) ? real : steady;
    }

    private boolean isProved(Instant real, long count) {
        if (suspect.equals(Instant.MIN) || !isNear(real, suspect.plusNanos(count - suspectAt))) {
            suspect = real;
            suspectAt = count;
        }
        return count - suspectAt >= PROOF.toNanos();
    }

    private Instant believe(Instant real, long count) {
        believed = real;
        believedAt = count;
        suspect = Instant.MIN;
        return real;
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(NEAR) <= 0;
    }
}
