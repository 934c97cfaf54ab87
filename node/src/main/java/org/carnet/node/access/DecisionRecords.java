// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Receipt;
import org.carnet.node.points.Records;
import org.carnet.node.policies.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Puts decisions on the record, sealed under the keys of whom they are about, so that no caller can fill it.
///
/// What a caller is permitted or refused anew has a record of its own. What equals it within an hour, and whatever goes
/// beyond so many a minute, is counted, and the counts are one record of that caller at the end of the hour. Visitors are
/// nobody to keep a record of; what they try is only counted.
final class DecisionRecords {
    /// How long equal decisions are counted with the first one.
    static final Duration PERIOD = Duration.ofHours(1);

    /// Kinds whose ids say nothing of anybody.
    private static final Set<String> NEUTRAL = Set.of("Node", "Record", "Decision", "Signal");

    private static final Logger LOG = LoggerFactory.getLogger(DecisionRecords.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<Records> records;
    private final InstantSource clock;
    private final DecisionTally tally;

    DecisionRecords(Supplier<Records> records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
        this.tally = new DecisionTally(clock.instant());
    }

    /// A permit is written without waiting: whatever the caller does next stands behind it in the log. A refusal is on
    /// disk before the caller learns of it.
    ///
    /// @return the record that tells of the decision, or of the first one that it equals, if that is known already
    OptionalLong add(Caller caller, Decision decision) {
        if (caller.kind() == Caller.Kind.VISITOR) {
            tally.noise();
            return OptionalLong.empty();
        }
        var now = clock.instant();
        var counted = tally.count(caller, decision, now);
        if (!counted.fresh()) return counted.first();
        var written = records.get();
        var entry = entry(caller, decision.question().resource().id(), details(caller, decision));
        if (decision.permitted()) {
            written.append(List.of(entry), told(counted));
            return OptionalLong.empty();
        }
        try {
            var receipt = written.append(List.of(entry)).join();
            counted.is(receipt.firstIndex());
            return counted.first();
        } catch (CompletionException e) {
            LOG.warn("a refusal could not be recorded: {}", String.valueOf(e.getCause()));
            return OptionalLong.empty();
        }
    }

    /// Writes the counts down, and starts counting anew.
    void close(Instant until) {
        for (var of : tally.end(until)) {
            records.get()
                    .append(List.of(entry(of.caller(), "decisions", of.json(until))), told(null));
        }
    }

    /// Whether there is more to count than should be kept, or the hour is over.
    boolean isDue(Instant now) {
        return tally.isDue(now, PERIOD);
    }

    private static Records.Told told(
            DecisionTally.@org.jspecify.annotations.Nullable Counted counted) {
        return new Records.Told() {
            @Override
            public void durable(Receipt receipt) {
                if (counted != null) counted.is(receipt.firstIndex());
            }

            @Override
            public void failed(Throwable failure) {
                LOG.warn("a decision could not be recorded: {}", String.valueOf(failure));
            }
        };
    }

    private static Entry entry(Caller caller, String about, ObjectNode details) {
        return new Entry(
                Record.Kind.DECIDED,
                Assurance.NONE,
                caller.id(),
                caller.id(),
                about,
                Bytes.unsafe(JSON.writeValueAsBytes(details)));
    }

    /// What is somebody else's, or nobody's that is known, is named by its pseudonym only: else the caller's keys would
    /// keep what its owner has erased.
    private static boolean mayName(Caller caller, Question.Resource resource) {
        return NEUTRAL.contains(resource.type())
                || resource.owner().map(caller.id()::equals).orElse(false);
    }

    private static ObjectNode details(Caller caller, Decision decision) {
        var question = decision.question();
        var json =
                JSON.createObjectNode()
                        .put("caller", caller.id())
                        .put("kind", question.party().type());
        question.party().roles().stream().sorted().forEach(json.putArray("roles")::add);
        json.put("action", question.action())
                .put("resource", question.resource().type())
                .put("outcome", decision.permitted() ? "permitted" : "refused");
        if (mayName(caller, question.resource())) json.put("id", question.resource().id());
        var circumstances = question.circumstances();
        if (!circumstances.purpose().isEmpty()) json.put("purpose", circumstances.purpose());
        if (!circumstances.properties().isEmpty()) {
            circumstances.properties().stream().sorted().forEach(json.putArray("properties")::add);
        }
        var by = json.putArray("policies");
        for (var rule : decision.by()) {
            by.addObject()
                    .put("id", rule.id())
                    .put("file", rule.file())
                    .put("reason", rule.reason());
        }
        if (!decision.errors().isEmpty()) decision.errors().forEach(json.putArray("errors")::add);
        return json.put("version", decision.version());
    }
}
