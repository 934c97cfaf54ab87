// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Suspicion.Sort;
import org.carnet.node.signals.Signal.Effect;
import org.carnet.node.signals.Signal.State;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The signals and what follows from them. Every effect and every decision is on the record before it holds.
///
/// What several rules find about one party counts together, as if they erred independently. One rule raises one signal
/// of a party at a time, and another only if more follows from it.
final class Docket implements Lookout.Outcome {
    /// The scores at which something follows.
    ///
    /// @param confirmWithin how long an owner has to confirm a thing before it is suspended
    record Thresholds(double stepUp, double suspend, Duration confirmWithin) {}

    private final Records records;
    private final SignalStore store;
    private final Suspensions suspensions;
    private final Thresholds thresholds;
    private final InstantSource clock;
    private final String platform;
    private final Consumer<String> cleared;
    private final TreeMap<Long, Signal> holding = new TreeMap<>();

    /// @param cleared told of each party against which nothing holds any more
    Docket(
            Records records,
            SignalStore store,
            Suspensions suspensions,
            Thresholds thresholds,
            InstantSource clock,
            String platform,
            Consumer<String> cleared) {
        this.records = records;
        this.store = store;
        this.suspensions = suspensions;
        this.thresholds = thresholds;
        this.clock = clock;
        this.platform = platform;
        this.cleared = cleared;
    }

    /// Lets hold again what held before the node stopped.
    @Override
    public synchronized void load() {
        for (var signal : store.holding()) {
            holding.put(signal.id(), signal);
            apply(signal.finding().party().id());
        }
    }

    /// Puts a finding on the record and lets its effect hold, unless it says nothing new.
    @Override
    public synchronized void raise(Finding finding) {
        var scores = scores(finding.party().id());
        scores.merge(finding.rule(), finding.score(), Math::max);
        double joint = joint(scores.values());
        var effect = effect(finding.party().sort(), joint);
        if (knownAlready(finding, effect)) return;
        var now = clock.instant();
        var details =
                SignalJson.finding(finding)
                        .put("joint", joint)
                        .put("effect", SignalJson.slug(effect));
        long record = record(Record.Kind.SIGNALLED, finding, platform, details);
        var due =
                effect == Effect.STEP_UP && finding.party().sort() != Sort.PERSON
                        ? Optional.of(now.plus(thresholds.confirmWithin()))
                        : Optional.<Instant>empty();
        var signal =
                new Signal(record, finding, joint, effect, State.OPEN, now, due, Optional.empty());
        store.insert(signal);
        holding.put(record, signal);
        apply(finding.party().id());
    }

    private boolean knownAlready(Finding finding, Effect effect) {
        return ofParty(finding.party().id()).stream()
                .anyMatch(
                        signal ->
                                signal.finding().rule() == finding.rule()
                                        && signal.effect().compareTo(effect) >= 0);
    }

    /// Suspends what nobody has confirmed in time.
    @Override
    public synchronized void enforce(Instant now) {
        for (var signal : List.copyOf(holding.values())) {
            if (signal.due().isEmpty() || signal.due().get().isAfter(now)) continue;
            var why = "nobody confirmed it in time";
            change(signal.with(Effect.SUSPENDED, State.OPEN, decision(platform, why)), platform);
        }
    }

    /// The owner, or the person, proved anew who it is. That does not undo a suspension.
    synchronized Optional<Signal> confirm(long id, String by) {
        return Optional.ofNullable(holding.get(id))
                .filter(signal -> signal.state() == State.OPEN)
                .filter(signal -> signal.effect() != Effect.SUSPENDED)
                .map(
                        signal ->
                                change(
                                        signal.with(
                                                signal.effect(),
                                                State.CONFIRMED,
                                                decision(by, "confirmed")),
                                        by));
    }

    /// An operator takes the effect away, or has it hold until another appeal; upheld means suspended, but for people.
    synchronized Optional<Signal> appeal(long id, boolean lift, String by, String why) {
        var signal = holding.get(id);
        if (signal == null) return Optional.empty();
        var effect =
                lift || signal.finding().party().sort() == Sort.PERSON
                        ? signal.effect()
                        : Effect.SUSPENDED;
        var state = lift ? State.LIFTED : State.UPHELD;
        return Optional.of(change(signal.with(effect, state, decision(by, why)), by));
    }

    private Signal.Decision decision(String by, String why) {
        return new Signal.Decision(by, clock.instant(), why);
    }

    private Signal change(Signal changed, String by) {
        var details = SignalJson.decided(changed);
        record(Record.Kind.APPEALED, changed.finding(), by, details);
        store.update(changed);
        if (changed.state().holds()) holding.put(changed.id(), changed);
        else holding.remove(changed.id());
        var party = changed.finding().party().id();
        apply(party);
        if (ofParty(party).isEmpty()) cleared.accept(party);
        return changed;
    }

    /// Forgets the signals about what belongs to such owners.
    synchronized int forget(String owner) {
        var gone = holding.values().stream().filter(of(owner)).toList();
        gone.forEach(signal -> holding.remove(signal.id()));
        gone.forEach(signal -> apply(signal.finding().party().id()));
        return store.delete(owner);
    }

    private static Predicate<Signal> of(String owner) {
        return signal -> signal.finding().party().owner().equals(owner);
    }

    synchronized int holding() {
        return holding.size();
    }

    private void apply(String party) {
        var own = ofParty(party);
        if (own.stream().anyMatch(signal -> signal.effect() == Effect.SUSPENDED)) {
            suspensions.suspend(party, Suspensions.Cause.SIGNAL);
        } else {
            suspensions.lift(party, Suspensions.Cause.SIGNAL);
        }
        own.stream()
                .filter(signal -> signal.effect() == Effect.STEP_UP)
                .map(Signal::raised)
                .max(Instant::compareTo)
                .ifPresentOrElse(
                        since -> suspensions.demandProof(party, since),
                        () -> suspensions.enough(party));
    }

    private List<Signal> ofParty(String party) {
        var own = new ArrayList<Signal>();
        for (var signal : holding.values()) {
            if (signal.finding().party().id().equals(party)) own.add(signal);
        }
        return own;
    }

    private Map<Rule, Double> scores(String party) {
        var scores = new HashMap<Rule, Double>();
        for (var signal : ofParty(party)) {
            scores.merge(signal.finding().rule(), signal.finding().score(), Math::max);
        }
        return scores;
    }

    private static double joint(Iterable<Double> scores) {
        double innocent = 1;
        for (double score : scores) innocent *= 1 - score;
        return 1 - innocent;
    }

    private Effect effect(Sort sort, double joint) {
        if (joint < thresholds.stepUp()) return Effect.NOTED;
        return joint < thresholds.suspend() || sort == Sort.PERSON
                ? Effect.STEP_UP
                : Effect.SUSPENDED;
    }

    private long record(Record.Kind kind, Finding finding, String actor, ObjectNode details) {
        var party = finding.party();
        var entry =
                new Entry(
                        kind,
                        Assurance.NONE,
                        party.owner(),
                        actor,
                        party.id(),
                        Bytes.utf8(details.toString()));
        return records.append(List.of(entry)).join().firstIndex();
    }
}
