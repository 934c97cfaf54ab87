// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.client.NodeClient;
import org.carnet.client.Tally;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// The one line that says how far everything is.
final class Progress {
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
        narrator.progress(
                ("%3d of %d s | %,d packs durable, half of them within %.1f ms | %,d applied in"
                                + " Agora, %,d in Arcadia")
                        .formatted(
                                Duration.between(start, now).toSeconds(),
                                length.toSeconds(),
                                tally.acknowledged(),
                                half,
                                inAgora,
                                inArcadia));
    }
}
