// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.avatars;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class SeriesTest {
    private static final int BOUND = 37;
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    /// What a series is: a list in order of time, of which the oldest leaves when there are too many.
    private record Kept(Reading reading, long record) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void keepsTheNewestInOrderOfTimeWithTheRecordsThatBroughtThem(long seed) {
        var random = new Random(seed);
        var series = new Series("pulse", BOUND);
        var expected = new ArrayList<Kept>();
        for (int i = 0; i < 300; i++) {
            var reading = reading(random, i);
            series.add(reading, 1000 + i);
            if (expected.size() == BOUND) expected.removeFirst();
            add(expected, new Kept(reading, 1000 + i));
            assertThat(series.all()).isEqualTo(expected.stream().map(Kept::reading).toList());
            assertThat(series.allRecords())
                    .containsExactly(expected.stream().mapToLong(Kept::record).toArray());
            assertThat(series.latest()).isEqualTo(expected.getLast().reading());
        }
        var without = series.without(record -> record % 2 == 0);
        var odd = expected.stream().filter(kept -> kept.record() % 2 == 1).toList();
        assertThat(without.all()).isEqualTo(odd.stream().map(Kept::reading).toList());
    }

    /// Mostly numbers, and mostly in order; some come late, of the same time too.
    private static Reading reading(Random random, int number) {
        long late = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
        Value value =
                random.nextInt(5) == 0
                        ? new Value.Text("text " + number)
                        : new Value.Quantity(random.nextGaussian());
        return new Reading("pulse", START.plusMillis(number - late), value, "beat/min");
    }

    private static void add(List<Kept> kept, Kept one) {
        int at = kept.size();
        while (at > 0 && kept.get(at - 1).reading().time().isAfter(one.reading().time())) at--;
        kept.add(at, one);
    }
}
