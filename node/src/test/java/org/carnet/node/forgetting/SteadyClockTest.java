// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

final class SteadyClockTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> real = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(77);
    private SteadyClock clock = new SteadyClock(real::get, nanos::get, NOON);

    /// Lets time pass, as clocks do that keep pace, and reads it every minute.
    private Instant after(Duration time) {
        var read = clock.read();
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(MINUTE)) {
            real.set(real.get().plus(MINUTE));
            nanos.addAndGet(MINUTE.toNanos());
            read = clock.read();
        }
        return read;
    }

    @Test
    void aClockThatKeepsPaceIsBelievedAndSoIsOneThatDrifts() {
        assertThat(after(Duration.ofDays(3))).isEqualTo(NOON.plus(Duration.ofDays(3)));
        for (int i = 0; i < 100; i++) {
            real.set(real.get().plusSeconds(30));
            after(MINUTE);
        }
        assertThat(clock.read()).isEqualTo(real.get());
    }

    @Test
    void aJumpByYearsIsNotBelievedBeforeItKeptPaceForADay() {
        real.set(NOON.plus(Duration.ofDays(2000)));
        assertThat(clock.read()).isEqualTo(NOON);
        assertThat(after(Duration.ofHours(23))).isEqualTo(NOON.plus(Duration.ofHours(23)));
        assertThat(after(Duration.ofHours(2))).isEqualTo(real.get());
    }

    @Test
    void aJumpThatIsTakenBackInTimeLeavesNoTrace() {
        after(Duration.ofHours(1));
        real.set(real.get().plus(Duration.ofDays(400)));
        after(Duration.ofHours(23));
        real.set(real.get().minus(Duration.ofDays(400)));
        assertThat(clock.read()).isEqualTo(NOON.plus(Duration.ofHours(24)));
        real.set(real.get().plus(Duration.ofDays(400)));
        assertThat(after(Duration.ofHours(23))).isEqualTo(NOON.plus(Duration.ofHours(47)));
    }

    @Test
    void aClockThatIsSetBackIsFollowedAtOnceSinceNothingGetsOlderByIt() {
        real.set(NOON.minus(Duration.ofDays(30)));
        assertThat(clock.read()).isEqualTo(real.get());
        assertThat(after(Duration.ofHours(1))).isEqualTo(real.get());
    }

    @Test
    void aNodeThatWasDownForAMonthWaitsADayBeforeItActs() {
        real.set(NOON.plus(Duration.ofDays(30)));
        clock = new SteadyClock(real::get, nanos::get, NOON);
        assertThat(after(Duration.ofHours(23))).isEqualTo(NOON.plus(Duration.ofHours(23)));
        assertThat(after(Duration.ofHours(2))).isEqualTo(real.get());
    }
}
