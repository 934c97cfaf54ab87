// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.node.points.Suspicion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Takes what agents tell, looks at it in a thread of its own, and raises what the rules find.
public final class Lookout implements Suspicion, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration TURN = Duration.ofMillis(500);

    private final Inbox inbox;
    private final Rules rules;
    private final Outcome outcome;
    private final InstantSource clock;
    private final Errands errands;
    private volatile boolean running;
    private @Nullable Thread thread;
    private Instant enforced = Instant.MIN;

    /// What becomes of findings.
    interface Outcome {
        /// Lets hold again what held before.
        void load();

        void raise(Finding finding);

        /// Does what has become due.
        void enforce(Instant now);
    }

    Lookout(Inbox inbox, Rules rules, Outcome outcome, Errands errands, InstantSource clock) {
        this.inbox = inbox;
        this.rules = rules;
        this.outcome = outcome;
        this.errands = errands;
        this.clock = clock;
    }

    /// One that looks at everything and raises nothing: what it costs a node, for a benchmark.
    ///
    /// @param things of how many it learns how their wearer moves
    public static Lookout withoutOutcome(int things, long seed, InstantSource clock) {
        var nothing =
                new Outcome() {
                    @Override
                    public void load() {}

                    @Override
                    public void raise(Finding finding) {}

                    @Override
                    public void enforce(Instant now) {}
                };
        var rules = new Rules("", things, Double.MAX_VALUE, Integer.MAX_VALUE, () -> seed);
        return new Lookout(new Inbox((int) seed), rules, nothing, new Errands(), clock);
    }

    @Override
    public void update(Update update) {
        inbox.tell(new Inbox.Told.Updated(update));
    }

    @Override
    public void failed(Party party, String what) {
        inbox.tell(new Inbox.Told.Failed(party, what));
    }

    @Override
    public void placed(
            Party party, String platform, double latitude, double longitude, Instant at) {
        inbox.tell(new Inbox.Told.Placed(party, new Trail.Fix(platform, latitude, longitude, at)));
    }

    @Override
    public void renewed(String thing) {
        errands.clear(thing);
    }

    @Override
    public void start() {
        outcome.load();
        running = true;
        thread = Thread.ofVirtual().name("lookout").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                var told = inbox.next(TURN);
                errands.run(rules);
                var now = clock.instant();
                if (told != null) rules.judge(told, now).forEach(outcome::raise);
                if (enforced.plus(TURN).isBefore(now)) {
                    outcome.enforce(now);
                    enforced = now;
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                LOG.error("something was not looked at: {}", failure.getClass().getName());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        var ending = thread;
        if (ending == null) return;
        try {
            ending.join(TURN.multipliedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
