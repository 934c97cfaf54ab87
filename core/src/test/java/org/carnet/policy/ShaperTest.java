// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.identity.DidKey;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ShaperTest {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void onlyWhatIsSharedPasses() {
        var shaper = shaper(Share.of("x"));
        assertThat(shaper.shape(List.of(reading("x", 0, 1), reading("y", 0, 2))))
                .containsExactly(reading("x", 0, 1));
    }

    @Test
    void numbersAreRoundedToThePrecision() {
        var shaper = shaper(new Share("x", 0.5, Duration.ZERO));
        assertThat(shaper.shape(List.of(reading("x", 0, 1.26), reading("x", 1, 1.2))))
                .extracting(reading -> ((Value.Quantity) reading.value()).value())
                .containsExactly(1.5, 1.0);
    }

    @Test
    void atMostOneReadingPassesInEachPeriod() {
        var shaper = shaper(new Share("x", 0, Duration.ofSeconds(1)));
        var passed = new ArrayList<Reading>();
        for (int i = 0; i < 35; i++) passed.addAll(shaper.shape(List.of(reading("x", 100 * i, i))));
        assertThat(passed)
                .containsExactly(
                        reading("x", 0, 0),
                        reading("x", 1000, 10),
                        reading("x", 2000, 20),
                        reading("x", 3000, 30));
    }

    @Test
    void aPeriodGoesOnWhereItWasLeft() {
        var mapping = mapping(new Share("x", 0, Duration.ofSeconds(1)));
        var shaper = new Shaper(mapping, property -> START);
        assertThat(shaper.shape(List.of(reading("x", 999, 1), reading("x", 1000, 2))))
                .containsExactly(reading("x", 1000, 2));
    }

    /// A swing of amplitude 2 around gravity has a standard deviation of 2 / √2, and standing still has none.
    @Test
    void intensityIsTheDeviationOfTheMagnitudeAndGravityDoesNotCount() {
        var shaper = shaper(Share.of("activity-intensity"));
        var readings = new ArrayList<Reading>();
        for (int i = 0; i <= 300; i++) {
            double z = 9.81 + (i < 100 ? 0 : 2 * Math.sin(2 * Math.PI * i / 50));
            readings.add(reading("acceleration-x", 10 * i, 0));
            readings.add(reading("acceleration-y", 10 * i, 0));
            readings.add(reading("acceleration-z", 10 * i, z));
        }
        var passed = shaper.shape(readings);
        assertThat(passed).extracting(Reading::property).containsOnly("activity-intensity");
        assertThat(passed).extracting(Reading::time).containsExactly(at(1000), at(2000), at(3000));
        assertThat(value(passed.get(0))).isCloseTo(0, within(1e-9));
        assertThat(value(passed.get(1))).isCloseTo(Math.sqrt(2), within(0.01));
        assertThat(value(passed.get(2))).isCloseTo(Math.sqrt(2), within(0.01));
    }

    private static double value(Reading reading) {
        return ((Value.Quantity) reading.value()).value();
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private static Reading reading(String property, long millis, double value) {
        return new Reading(property, at(millis), new Value.Quantity(value), "m/s2");
    }

    private static Shaper shaper(Share share) {
        return new Shaper(mapping(share));
    }

    private static Mapping mapping(Share share) {
        return new Mapping(
                "m",
                DidKey.parse("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
                Optional.empty(),
                "agora",
                "walker",
                "alice",
                "presence",
                Mapping.sharesOf(List.of(share)),
                START,
                START.plusSeconds(3600));
    }
}
