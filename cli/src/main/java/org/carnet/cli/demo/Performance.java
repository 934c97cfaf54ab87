// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.Carrier;
import org.carnet.client.NodeClient;
import org.carnet.client.Replay;
import org.carnet.client.Tally;
import org.carnet.client.Thing;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/// The watches are worn: real movement flows, and what must not work is tried.
final class Performance {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Network network;
    private final List<Wearer> wearers;
    private final Wearer lender;
    private final Narrator narrator;
    private final InstantSource clock;
    private final Tally tally = new Tally();
    private final Receipts movement = new Receipts(tally);
    private final Receipts lent = new Receipts(tally);
    private final List<Future<Void>> worn = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Performance(Network network, List<Wearer> wearers, Narrator narrator, InstantSource clock) {
        this.network = network;
        this.wearers = wearers;
        this.lender = wearers.getLast();
        this.narrator = narrator;
        this.clock = clock;
    }

    /// What became of all packs.
    Tally tally() {
        return tally;
    }

    /// What was acknowledged of the watches' movement, which goes on to Agora.
    Receipts movement() {
        return movement;
    }

    /// What was acknowledged of the lent battery level, which Pulse keeps.
    Receipts lent() {
        return lent;
    }

    /// Plays for so long, then waits for the last answers.
    Attempts play(Enrolment enrolment, Duration length, SecureRandom random)
            throws IOException, InterruptedException {
        narrator.say(
                "Ten watches are worn for %d seconds: real recordings at their original rate,"
                        .formatted(length.toSeconds()));
        narrator.say("their times moved to now, the pauses between executions skipped.");
        var start = clock.instant();
        var expiry = start.plus(length.multipliedBy(6).dividedBy(10));
        enrolment.lendBattery(lender, expiry);
        wear(length);
        try (var pulse = network.pulse().manage();
                var agora = network.agora().manage();
                var arcadia = network.arcadia().manage();
                var posts = pulse.posts()) {
            var show = new Progress(tally, agora, arcadia, narrator, start, length);
            var misdeeds = new Misdeeds(posts, clock, tally);
            var lending = threads.submit(() -> lend(new Misdeeds(posts, clock, lent), expiry));

            await(start.plus(length.dividedBy(5)), show);
            var victim = wearers.getFirst().watch();
            var replay = misdeeds.replay(acknowledged(victim, show));
            narrator.say("  An old pack is sent once more: " + replay);
            await(start.plus(length.dividedBy(3)), show);
            var forgery = misdeeds.forge(victim);
            narrator.say("  A pack comes with a forged signature: " + forgery);
            await(start.plus(length.multipliedBy(4).dividedBy(10)), show);
            var tampering = tamper(random);
            var forgotten = forget(pulse, enrolment, random);
            await(expiry.plus(STEP), show);
            var expired = result(lending);
            narrator.say("  A mapping has expired, and the watch sends once more: " + expired);
            var ownership =
                    new WatchStory(network, pulse, agora, arcadia, enrolment, random, clock).tell();
            ownership.story().forEach(narrator::say);
            await(start.plus(length), show);
            while (!worn.stream().allMatch(Future::isDone)) await(clock.instant().plus(STEP), show);
            return new Attempts(replay, forgery, expired, tampering, forgotten, ownership);
        }
    }

    private Tampering tamper(RandomGenerator random) throws IOException, InterruptedException {
        var log = network.pulse().directory();
        var tampering = Tampering.with(log, network.workshop().path("tampered"), random);
        narrator.say(
                "  One byte of a copy of Pulse's log is changed, %d times: noticed %d times,"
                        .formatted(tampering.tried(), tampering.caught()));
        tampering.findings().stream()
                .findFirst()
                .ifPresent(finding -> narrator.say("    for instance: " + finding));
        return tampering;
    }

    private Forgotten forget(NodeClient pulse, Enrolment enrolment, SecureRandom random)
            throws IOException {
        var forgotten = Forgotten.guest(pulse, enrolment, network.workshop(), clock, random);
        narrator.say(
                "  A guest asks Pulse to be forgotten: of %d updates %d can still be read"
                        .formatted(forgotten.before(), forgotten.after()));
        return forgotten;
    }

    /// Goes on, for whoever looks at the pages, until the program is stopped.
    void stay() throws IOException, InterruptedException {
        wear(FOR_EVER);
        while (true) {
            network.requireAlive();
            requireWorn();
            Thread.sleep(STEP);
        }
    }

    private void wear(Duration length) {
        worn.clear();
        for (var wearer : wearers) worn.add(threads.submit(() -> wear(wearer, length)));
    }

    private Void wear(Wearer wearer, Duration length) throws IOException, InterruptedException {
        var pulse = network.pulse();
        var node = pulse.address(wearer.carrier());
        try (var carrier = Carrier.open(node, pulse.trust(), wearer.watch().id().value())) {
            new Replay(wearer.watch(), wearer.form(), carrier, clock, movement)
                    .play(wearer.recording(), length, reading -> true);
        }
        return null;
    }

    /// Tells the battery level once a second while that is allowed, and once when it is not any more.
    private String lend(Misdeeds lender, Instant expiry) throws IOException, InterruptedException {
        var watch = this.lender.watch();
        for (int level = 99; clock.instant().plusSeconds(1).isBefore(expiry); level--) {
            lender.tellBattery(watch, Math.max(level, 1));
            Thread.sleep(Duration.ofSeconds(1));
        }
        sleepUntil(expiry);
        return lender.tellBattery(watch, 1);
    }

    /// A pack that was acknowledged, which on a busy machine takes a while.
    private Bytes acknowledged(Thing watch, Progress show)
            throws IOException, InterruptedException {
        while (movement.latest(watch.id()).isEmpty()) await(clock.instant().plus(STEP), show);
        return movement.latest(watch.id()).orElseThrow();
    }

    private void await(Instant moment, Progress show) throws IOException, InterruptedException {
        while (clock.instant().isBefore(moment)) {
            network.requireAlive();
            requireWorn();
            show.update(clock.instant());
            var left = Duration.between(clock.instant(), moment);
            if (left.isPositive()) Thread.sleep(left.compareTo(STEP) < 0 ? left : STEP);
        }
    }

    private void requireWorn() throws IOException, InterruptedException {
        for (var one : worn) if (one.isDone()) result(one);
    }

    private void sleepUntil(Instant moment) throws InterruptedException {
        var left = Duration.between(clock.instant(), moment);
        if (left.isPositive()) Thread.sleep(left);
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException("a watch could not go on", e.getCause());
        }
    }
}
