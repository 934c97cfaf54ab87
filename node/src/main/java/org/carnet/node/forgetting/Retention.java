// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.node.points.Keys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Forgets what is older than it may become, in whole epochs, and removes old records, in whole segments of the journal.
///
/// The age goes by the [SteadyClock]: a clock that jumps makes nothing old.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Optional<Duration> keep;
    private final Optional<Pruner> pruner;
    private final Keys keys;
    private final Eraser eraser;
    private final BelievedTime believed;
    private final Supplier<SteadyClock> clocks;
    private Optional<SteadyClock> clock = Optional.empty();

    /// @param keep how old what is recorded of subjects may become; empty for ever
    /// @param pruner removes old records, if that is wanted
    /// @param clocks makes the clock, when the database can be asked what was believed
    Retention(
            Optional<Duration> keep,
            Optional<Pruner> pruner,
            Keys keys,
            Eraser eraser,
            BelievedTime believed,
            Supplier<SteadyClock> clocks) {
        this.keep = keep;
        this.pruner = pruner;
        this.keys = keys;
        this.eraser = eraser;
        this.believed = believed;
        this.clocks = clocks;
    }

    /// Forgets and removes what has the age now. Answers of how many subjects something was forgotten.
    synchronized int run() throws SQLException {
        if (keep.isEmpty() && pruner.isEmpty()) return 0;
        if (clock.isEmpty()) clock = Optional.of(clocks.get());
        var now = clock.get().read();
        believed.keep(now);
        int forgotten = forget(now);
        if (pruner.isPresent()) pruner.get().run(now);
        return forgotten;
    }

    private int forget(Instant now) throws SQLException {
        var range = range(now);
        if (range.isEmpty()) return 0;
        var subjects = keys.expired(range.get());
        int forgotten = eraser.forget(subjects, range.get(), "retention");
        if (forgotten == 0) return 0;
        LOG.info(
                "what was recorded of {} subjects before {} was forgotten",
                forgotten,
                range.get().until());
        return forgotten;
    }

    private Optional<Keys.Range> range(Instant now) {
        return keep.map(now::minus)
                .filter(until -> until.isAfter(Instant.EPOCH))
                .map(until -> Keys.Range.within(Instant.EPOCH, until));
    }
}
