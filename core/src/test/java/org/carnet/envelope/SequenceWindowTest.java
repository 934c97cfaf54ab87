// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.envelope.SequenceWindow.Answer.ACCEPTED;
import static org.carnet.envelope.SequenceWindow.Answer.REPLAY;
import static org.carnet.envelope.SequenceWindow.Answer.STALE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Random;

class SequenceWindowTest {
    @Test
    void everyNumberIsAcceptedOnce() {
        var window = new SequenceWindow();
        assertThat(window.accept(1)).isEqualTo(ACCEPTED);
        assertThat(window.accept(1)).isEqualTo(REPLAY);
        assertThat(window.accept(2)).isEqualTo(ACCEPTED);
        assertThat(window.accept(1)).isEqualTo(REPLAY);
    }

    @Test
    void packsMayOvertakeEachOtherBy63Numbers() {
        var window = new SequenceWindow();
        assertThat(window.accept(100)).isEqualTo(ACCEPTED);
        assertThat(window.accept(37)).isEqualTo(ACCEPTED);
        assertThat(window.accept(37)).isEqualTo(REPLAY);
        assertThat(window.accept(36)).isEqualTo(STALE);
        assertThat(window.state().highest()).isEqualTo(100);
    }

    @Test
    void aLongLeapForgetsWhatItLeavesBehind() {
        var window = new SequenceWindow();
        window.accept(1);
        assertThat(window.accept(1L << 53)).isEqualTo(ACCEPTED);
        assertThat(window.accept(1)).isEqualTo(STALE);
        assertThat(window.accept((1L << 53) - 63)).isEqualTo(ACCEPTED);
    }

    @Test
    void whatIsUnderWayIsAReplayAndMovesNothing() {
        var window = new SequenceWindow();
        window.accept(5);
        assertThat(window.reserve(200)).isEqualTo(ACCEPTED);
        assertThat(window.reserve(200)).isEqualTo(REPLAY);
        assertThat(window.state().highest()).isEqualTo(5);
        assertThat(window.reserve(6)).isEqualTo(ACCEPTED);
        window.keep(200);
        window.keep(6); // it lies below the window by now, where nothing comes in any more
        assertThat(window.reserve(200)).isEqualTo(REPLAY);
        assertThat(window.reserve(6)).isEqualTo(STALE);
        assertThat(window.state().highest()).isEqualTo(200);
    }

    @Test
    void packsThatCouldNotBeStoredMayAllComeAgainHoweverManyTheyWere() {
        var window = new SequenceWindow();
        window.accept(5);
        for (long sequence = 6; sequence < 500; sequence++) window.reserve(sequence);
        for (long sequence = 6; sequence < 500; sequence++) window.release(sequence);
        for (long sequence = 6; sequence < 500; sequence++) {
            assertThat(window.accept(sequence)).isEqualTo(ACCEPTED);
            assertThat(window.accept(sequence)).isEqualTo(REPLAY);
        }
    }

    @Test
    void itsStateIsTwoNumbers() {
        var window = new SequenceWindow();
        window.accept(7);
        window.accept(9);
        var again = new SequenceWindow(window.state());
        assertThat(again.accept(7)).isEqualTo(REPLAY);
        assertThat(again.accept(8)).isEqualTo(ACCEPTED);
        assertThat(again.accept(9)).isEqualTo(REPLAY);
    }

    /// Whatever comes in whatever order, the window agrees with a memory of everything.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void itAgreesWithAMemoryOfEverything(long seed) {
        var random = new Random(seed);
        var window = new SequenceWindow();
        var seen = new HashSet<Long>();
        long highest = 0;
        for (int i = 0; i < 20_000; i++) {
            long sequence = Math.max(1, highest + random.nextInt(-80, 20));
            var expected =
                    sequence <= highest - 64 ? STALE : seen.add(sequence) ? ACCEPTED : REPLAY;
            assertThat(window.accept(sequence)).as("seed %s step %s", seed, i).isEqualTo(expected);
            highest = Math.max(highest, sequence);
        }
    }
}
