// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.NodeClient;
import org.carnet.client.Tally;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// The one line that says how far everything is.
final class Progress {
    private static final String BAR = "=".repeat(12);
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final Tally tally;
    private final NodeClient agora;
    private final NodeClient arcadia;
    private final Narrator narrator;
    private final Instant start;
    private final Duration length;
    private Instant asked = Instant.EPOCH;
    private double half;
    private long inAgora;
    private long inArcadia;

    Progress(
            Tally tally,
            NodeClient agora,
            NodeClient arcadia,
            Narrator narrator,
            Instant start,
            Duration length) {
        this.tally = tally;
        this.agora = agora;
        this.arcadia = arcadia;
        this.narrator = narrator;
        this.start = start;
        this.length = length;
    }

    void update(Instant now) throws IOException {
        if (!now.isBefore(asked.plus(ASK_EVERY))) {
            asked = now;
            inAgora = Reckoning.totalApplied(agora);
            half = tally.ackMillis(0.5);
            inArcadia = Reckoning.totalApplied(arcadia);
        }
        var done = Duration.between(start, now).toMillis() / (double) length.toMillis();
        int full = Math.clamp(Math.round(done * BAR.length()), 0, BAR.length());
        narrator.progress(
                "[%s%s] %d of %d s | %,d durable (%.0f ms) | %,d in Agora | %,d in Arcadia"
                        .formatted(
                                BAR.substring(0, full),
                                " ".repeat(BAR.length() - full),
                                Duration.between(start, now).toSeconds(),
                                length.toSeconds(),
                                tally.acknowledged(),
                                half,
                                inAgora,
                                inArcadia));
    }
}
