// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

class GrowthTest {
    private static final Instant START = Instant.parse("2025-11-20T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 512, 513, 514, 1023, 1024, 1025, 5000, 100_000})
    void theWholeTimeStaysInSightInABoundedNumberOfEvenlySpreadPoints(int measured) {
        var growth = new Growth();
        for (int i = 0; i < measured; i++) growth.add(point(i));

        var points = growth.points();
        assertThat(points)
                .hasSizeBetween(Math.min(measured, Growth.MOST / 2), Growth.MOST)
                .startsWith(point(0))
                .endsWith(point(measured - 1))
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(Growth.Point::time));
        for (int i = 2; i < points.size() - 1; i++) {
            assertThat(points.get(i).records() - points.get(i - 1).records())
                    .isEqualTo(points.get(1).records());
        }
    }

    private static Growth.Point point(int number) {
        return new Growth.Point(START.plus(Duration.ofSeconds(number)), number, 100L * number);
    }
}
