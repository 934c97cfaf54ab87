// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what became of packs, and how long their answers took.
public final class Tally implements Replay.Observer {
    private final List<Duration> answers = new ArrayList<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private long unanswered;

    @Override
    public synchronized void answered(Bytes pack, Ack ack, Duration after) {
        switch (ack) {
            case Ack.Durable durable -> answers.add(after);
            case Ack.Refused(String reason, String detail) -> refused.merge(reason, 1L, Long::sum);
        }
    }

    @Override
    public synchronized void unanswered(Bytes pack, IOException cause) {
        unanswered++;
    }

    public synchronized long sent() {
        return answers.size() + refused() + unanswered;
    }

    public synchronized long acknowledged() {
        return answers.size();
    }

    public synchronized long refused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /// How often each reason was given.
    public synchronized Map<String, Long> refusals() {
        return Map.copyOf(refused);
    }

    /// The time within which this share of the durable answers came, in milliseconds; 0 when there was none.
    public synchronized double ackMillis(double share) {
        if (answers.isEmpty()) return 0;
        var sorted = answers.stream().sorted().toList();
        var rank = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.clamp(rank, 0, sorted.size() - 1)).toNanos() / 1e6;
    }

    /// All of it in one line.
    public String sentence() {
        var text =
                "sent %d, durable %d (p50 %.1f ms, p99 %.1f ms)"
                        .formatted(sent(), acknowledged(), ackMillis(0.5), ackMillis(0.99));
        if (!refused.isEmpty()) text += ", refused " + refusals();
        return unanswered == 0 ? text : text + ", unanswered " + unanswered;
    }
}
