// SPDX-License-Identifier: Apache-2.0
package org.carnet.policy;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Computes [Derived#ACTIVITY_INTENSITY]: one reading for each period, one second if the share names none.
///
/// A sample is complete once all three axes have come; the mean is removed, so gravity does not count.
final class Intensity {
    private final Share share;
    private final Duration period;
    private @Nullable Instant start;
    private double x = Double.NaN;
    private double y = Double.NaN;
    private double z = Double.NaN;
    private int samples;
    private double mean;
    private double squares;

    Intensity(Share share) {
        this.share = share;
        this.period = share.period().isZero() ? Duration.ofSeconds(1) : share.period();
    }

    void add(Reading reading, List<Reading> passed) {
        if (!(reading.value() instanceof Value.Quantity quantity)) return;
        switch (reading.property()) {
            case "acceleration-x" -> x = quantity.value();
            case "acceleration-y" -> y = quantity.value();
            case "acceleration-z" -> z = quantity.value();
            default -> {
                return;
            }
        }
        var magnitude = Math.sqrt(x * x + y * y + z * z);
        if (Double.isNaN(magnitude)) return;
        x = y = z = Double.NaN;
        if (start == null) start = reading.time();
        if (!reading.time().isBefore(start.plus(period))) {
            var deviation = new Value.Quantity(Math.sqrt(squares / samples));
            var derived = Derived.ACTIVITY_INTENSITY;
            passed.add(
                    Shaper.rounded(
                            share,
                            new Reading(
                                    derived.property(),
                                    reading.time(),
                                    deviation,
                                    derived.unit())));
            start = reading.time();
            samples = 0;
            mean = squares = 0;
        }
        // Welford's running variance
        samples++;
        var difference = magnitude - mean;
        mean += difference / samples;
        squares += difference * (magnitude - mean);
    }
}
