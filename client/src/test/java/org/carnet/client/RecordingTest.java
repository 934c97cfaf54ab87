// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.carnet.client.Sample.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class RecordingTest {
    private static final List<String> PEOPLE = Recording.PEOPLE;

    @Test
    void theFirstSampleIsTheOneInTheFile() {
        var first = Recording.of("s02").samples().getFirst();

        assertThat(first)
                .isEqualTo(
                        new Sample(
                                Duration.ZERO,
                                new Vector(
                                        -1.805844783782959, -0.8406518697738647, 9.608819007873535),
                                new Vector(
                                        -0.08307763934135437,
                                        -0.08918628841638565,
                                        0.023212870582938194),
                                "SEATED"));
    }

    @ParameterizedTest
    @FieldSource("PEOPLE")
    void aRecordingLastsAsLongAsItsExecutionsAndHasNoPauses(String person) {
        var recording = Recording.of(person);
        var samples = recording.samples();

        assertThat(recording.length()).isBetween(Duration.ofSeconds(107), Duration.ofSeconds(133));
        assertThat(IntStream.range(1, samples.size()))
                .allSatisfy(
                        i ->
                                assertThat(
                                                samples.get(i)
                                                        .offset()
                                                        .minus(samples.get(i - 1).offset()))
                                        .isBetween(Duration.ZERO, Duration.ofMillis(58)));
    }

    @Test
    void slicesHoldEverySampleInOrderAndAboutTenEach() {
        var recording = Recording.of("s20");
        var slices = recording.slices(Duration.ofMillis(100));

        assertThat(slices.stream().flatMap(List::stream)).isEqualTo(recording.samples());
        assertThat(slices).allSatisfy(slice -> assertThat(slice).hasSizeBetween(3, 15));
    }

    @Test
    void someoneWithoutARecordingIsNamedInTheError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recording.of("s03"))
                .withMessageStartingWith("no recording of s03, there are s02,");
    }
}
