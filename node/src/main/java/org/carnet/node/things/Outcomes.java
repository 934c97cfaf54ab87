// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.carnet.envelope.Reason;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Counts how updates ended and how long their durable acknowledgement took.
public final class Outcomes {
    private final Timer acknowledged;
    private final LongConsumer durable;
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

    public Outcomes(MeterRegistry meters) {
        this(meters, nanoseconds -> {});
    }

    /// @param durable told how many nanoseconds each acknowledgement took
    Outcomes(MeterRegistry meters, LongConsumer durable) {
        this.durable = durable;
        acknowledged =
                Timer.builder("carnet.updates.acknowledged")
                        .description("Updates that were made durable, and how long that took")
                        .publishPercentileHistogram()
                        .register(meters);
        for (var reason : Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder("carnet.updates.refused")
                            .description("Updates that were refused")
                            .tag("reason", reason.slug())
                            .register(meters));
        }
    }

    /// The same consumer, which counts and times what passes.
    Consumer<Answer> timed(Consumer<Answer> told) {
        var start = System.nanoTime();
        return answer -> {
            switch (answer) {
                case Answer.Acknowledged ignored -> {
                    long took = System.nanoTime() - start;
                    acknowledged.record(took, TimeUnit.NANOSECONDS);
                    durable.accept(took);
                }
                case Answer.Declined declined ->
                        Objects.requireNonNull(refused.get(declined.refused().reason()))
                                .increment();
            }
            told.accept(answer);
        };
    }
}
