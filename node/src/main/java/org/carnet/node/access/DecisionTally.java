// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.policies.Rule;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts equal decisions, in bounded memory.
final class DecisionTally {
    private static final int MOST_KEPT = 20_000;

    /// So many decisions of one caller have records of their own in one minute; the rest is counted.
    private static final int MOST_PERMITS = 120;

    private static final int MOST_REFUSALS = 20;

    /// What makes two decisions of one caller equal. Roles are not part of it: the policies that decided are.
    private record Key(
            String action, String resource, String id, boolean permitted, List<String> by) {}

    /// One decision, and how often it was made.
    static final class Counted {
        private final boolean fresh;
        private final AtomicLong first;
        private final AtomicLong times;

        private Counted(boolean fresh, AtomicLong first, AtomicLong times) {
            this.fresh = fresh;
            this.first = first;
            this.times = times;
        }

        /// Whether it is to have a record of its own.
        boolean fresh() {
            return fresh;
        }

        void is(long record) {
            first.set(record);
        }

        OptionalLong first() {
            long record = first.get();
            return record < 0 ? OptionalLong.empty() : OptionalLong.of(record);
        }

        private Counted again() {
            times.incrementAndGet();
            return new Counted(false, first, times);
        }
    }

    /// What one caller was told since the counting began.
    static final class Of {
        private final Caller caller;
        private final Instant from;
        private final Map<Key, Counted> equal = new HashMap<>();
        private final Map<String, Long> beyond = new TreeMap<>();
        private long minute;
        private int permits;
        private int refusals;

        private Of(Caller caller, Instant from) {
            this.caller = caller;
            this.from = from;
        }

        Caller caller() {
            return caller;
        }

        private boolean mayRecord(boolean permitted, Instant now) {
            long current = now.getEpochSecond() / 60;
            if (current != minute) {
                minute = current;
                permits = 0;
                refusals = 0;
            }
            return permitted ? permits++ < MOST_PERMITS : refusals++ < MOST_REFUSALS;
        }

        private boolean hasCounts() {
            return !beyond.isEmpty()
                    || equal.values().stream().anyMatch(counted -> counted.times.get() > 0);
        }

        ObjectNode json(Instant until) {
            var json = JsonMapper.shared().createObjectNode().put("caller", caller.id());
            json.put("kind", "Summary").put("from", from.toString()).put("until", until.toString());
            var counted = json.putArray("counted");
            equal.forEach(
                    (key, one) -> {
                        if (one.times.get() == 0) return;
                        var line =
                                counted.addObject()
                                        .put("action", key.action)
                                        .put("outcome", outcome(key.permitted))
                                        .put("times", one.times.get());
                        one.first().ifPresent(record -> line.put("like", record));
                    });
            beyond.forEach(
                    (what, times) ->
                            counted.addObject()
                                    .put("action", what.substring(what.indexOf(' ') + 1))
                                    .put("outcome", what.substring(0, what.indexOf(' ')))
                                    .put("times", times));
            return json;
        }
    }

    private final Map<String, Of> callers = new HashMap<>();
    private final AtomicLong noise = new AtomicLong();
    private Instant from;
    private int kept;

    DecisionTally(Instant from) {
        this.from = from;
    }

    void noise() {
        noise.incrementAndGet();
    }

    long noises() {
        return noise.get();
    }

    synchronized Counted count(Caller caller, Decision decision, Instant now) {
        var of =
                callers.computeIfAbsent(
                        caller.kind() + " " + caller.id(), _ -> new Of(caller, from));
        var question = decision.question();
        var key =
                new Key(
                        question.action(),
                        question.resource().type(),
                        question.resource().id(),
                        decision.permitted(),
                        decision.by().stream().map(Rule::id).toList());
        var known = of.equal.get(key);
        if (known != null) return known.again();
        if (kept >= MOST_KEPT || !of.mayRecord(decision.permitted(), now)) {
            of.beyond.merge(outcome(decision.permitted()) + " " + question.action(), 1L, Long::sum);
            return new Counted(false, new AtomicLong(-1), new AtomicLong());
        }
        var counted = new Counted(true, new AtomicLong(-1), new AtomicLong());
        of.equal.put(key, counted);
        kept++;
        return counted;
    }

    synchronized boolean isDue(Instant now, Duration period) {
        return kept >= MOST_KEPT || !from.plus(period).isAfter(now);
    }

    /// Those who have something counted; the counting begins anew.
    synchronized List<Of> end(Instant now) {
        var all = new ArrayList<>(callers.values().stream().filter(Of::hasCounts).toList());
        callers.clear();
        kept = 0;
        from = now;
        return all;
    }

    private static String outcome(boolean permitted) {
        return permitted ? "permitted" : "refused";
    }
}
