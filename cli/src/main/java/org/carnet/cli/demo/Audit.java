// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static java.util.stream.Collectors.toMap;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads everything back once the watches rest, verifies the logs from their files, and writes the report.
final class Audit {
    private static final Duration STEP = Duration.ofMillis(200);

    /// How often nothing may change before what is still missing counts as lost.
    private static final int QUIET_STEPS = 50;

    /// A witness that was busy is asked again within a minute.
    private static final int WITNESSING_STEPS = 300;

    private final Network network;
    private final List<Wearer> wearers;
    private final Narrator narrator;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<Platform, Bytes> earlier = new HashMap<>();

    /// Keeps the checkpoints as they are now; the logs must have grown from them in the end.
    Audit(
            Network network,
            List<Wearer> wearers,
            Narrator narrator,
            SecureRandom random,
            InstantSource clock)
            throws IOException {
        this.network = network;
        this.wearers = wearers;
        this.narrator = narrator;
        this.random = random;
        this.clock = clock;
        for (var platform : network.all()) {
            var checkpoint = platform.directory().resolve("checkpoint");
            if (Files.exists(checkpoint)) {
                earlier.put(platform, Bytes.unsafe(Files.readAllBytes(checkpoint)));
            }
        }
    }

    Report report(Performance performance, Attempts attempts)
            throws IOException, InterruptedException {
        narrator.say("Waiting until everything that was acknowledged has arrived everywhere.");
        try (var pulse = network.pulse().manage();
                var agora = network.agora().manage();
                var arcadia = network.arcadia().manage()) {
            settle(performance.movement(), agora);
            narrator.say("Reading the records back, update by update.");
            var lost =
                    Reckoning.lost(performance.movement(), walkers(), List.of(pulse, agora))
                            + Reckoning.lost(performance.lent(), dock(), List.of(pulse));
            var sparks = wearers.stream().map(Wearer::spark).toList();
            var seen = Reckoning.properties(arcadia, sparks);
            var moving =
                    new TreeMap<>(
                            Map.of(
                                    "agora",
                                    Reckoning.areMoved(agora, walkers().values()),
                                    "arcadia",
                                    Reckoning.areMoved(arcadia, sparks)));
            narrator.say("Verifying all three logs from their files, believing no node.");
            var platforms = new LinkedHashMap<String, Report.PlatformReport>();
            var nodes = new TreeMap<>(Map.of("agora", agora, "arcadia", arcadia, "pulse", pulse));
            for (var platform : List.of(network.agora(), network.arcadia(), network.pulse())) {
                platforms.put(platform.toString(), platform(platform, nodes));
            }
            var fork = fork();

            var tally = performance.tally();
            var updates =
                    new Report.Updates(tally.sent(), tally.acknowledged(), lost, tally.refusals());
            return new Report(
                    wearers.size(),
                    updates,
                    platforms,
                    new Report.TamperingReport(
                            attempts.tampering().tried(), attempts.tampering().caught()),
                    new Report.AckMillis(tally.ackMillis(0.5), tally.ackMillis(0.99)),
                    new Report.ForgottenReport(
                            attempts.forgotten().before(),
                            attempts.forgotten().after(),
                            attempts.forgotten().receipt()),
                    attempts.ownership(),
                    new Report.ForkReport(fork.status(), fork.convicted()),
                    checks(updates, platforms, attempts, fork, seen, moving));
        }
    }

    private Fork fork() throws IOException, InterruptedException {
        var copy = network.workshop().path("copied");
        var fork = Fork.tried(network.arcadia(), network.agora(), copy, random, clock);
        narrator.say(
                "  Somebody with a copy of Arcadia's key shows Agora another story: %d, %s"
                        .formatted(
                                fork.status(),
                                fork.convicted() ? "with evidence" : "WITHOUT evidence"));
        return fork;
    }

    private Map<String, Boolean> checks(
            Report.Updates updates,
            Map<String, Report.PlatformReport> platforms,
            Attempts attempts,
            Fork fork,
            Set<String> seenInArcadia,
            Map<String, Boolean> moving) {
        var refused = updates.refused().values().stream().mapToLong(Long::longValue).sum();
        var checks = new LinkedHashMap<String, Boolean>();
        checks.put("no acknowledged update is lost", updates.lost() == 0);
        checks.put("every pack was answered", updates.sent() == updates.acknowledged() + refused);
        checks.put("the replayed pack was refused", attempts.replay().equals("replay"));
        checks.put("the forged pack was refused", attempts.forgery().equals("bad-signature"));
        checks.put(
                "the expired mapping held nothing", attempts.expired().equals("mapping-expired"));
        checks.put("nothing else was refused", updates.refused().equals(Attempts.EXPECTED));
        checks.put(
                "every changed byte was caught",
                attempts.tampering().tried() > 0
                        && attempts.tampering().caught() == attempts.tampering().tried());
        checks.put(
                "Arcadia saw the intensity only",
                seenInArcadia.equals(Set.of(Enrolment.INTENSITY)));
        moving.forEach(
                (name, every) -> checks.put("every wearer moves an avatar in " + name, every));
        checks.put("the guest who was forgotten left nothing", attempts.forgotten().holds());
        attempts.ownership().check(checks);
        platforms.forEach(
                (name, platform) -> {
                    checks.put("the log of " + name + " is verified", platform.verified());
                    checks.put(
                            "both others have witnessed the log of " + name,
                            platform.records() > 0 && platform.witnessed() >= platform.records());
                });
        checks.put("the forked log was refused and convicted", fork.holds());
        return checks;
    }

    private Map<String, String> walkers() {
        return wearers.stream()
                .collect(toMap(wearer -> wearer.watch().id().value(), Wearer::walker));
    }

    private Map<String, String> dock() {
        return Map.of(wearers.getLast().watch().id().value(), Wearer.DOCK);
    }

    /// Waits until Agora has applied what Pulse acknowledged, or nothing comes any more.
    private void settle(Receipts receipts, NodeClient agora)
            throws IOException, InterruptedException {
        var acknowledged = receipts.acknowledged().size();
        var last = -1L;
        for (int quiet = 0; quiet < QUIET_STEPS; quiet++) {
            var applied = Reckoning.applied(agora, walkers().values());
            if (applied >= acknowledged) return;
            if (applied != last) quiet = 0;
            last = applied;
            Thread.sleep(STEP);
        }
    }

    private Report.PlatformReport platform(Platform platform, Map<String, NodeClient> nodes)
            throws IOException, InterruptedException {
        var others = new TreeMap<>(nodes);
        var node = Objects.requireNonNull(others.remove(platform.toString()));
        var applied = Reckoning.applied(node);
        var total = applied.values().stream().mapToLong(Long::longValue).sum();
        var names = List.copyOf(others.keySet());
        return switch (verdict(platform)) {
            case LogVerdict.Verified verified -> {
                var records = verified.counts().records();
                var witnessed = witnessed(node, others, records);
                narrator.say(
                        "  %-8s %,9d records verified, %,d witnessed by %s"
                                .formatted(
                                        platform, records, witnessed, String.join(" and ", names)));
                var root = verified.checkpoint().checkpoint().root().toBase64();
                yield new Report.PlatformReport(
                        applied.size(), total, records, root, true, witnessed, names);
            }
            case LogVerdict.Failed failed -> {
                narrator.say(
                        "  %-8s FAILED: %s: %s"
                                .formatted(platform, failed.place(), failed.check()));
                var records = node.get("api/node").path("records").asLong();
                yield new Report.PlatformReport(
                        applied.size(), total, records, "", false, 0, names);
            }
        };
    }

    /// Waits until all others have witnessed every record, which they do once a second.
    private static long witnessed(NodeClient node, Map<String, NodeClient> others, long records)
            throws IOException, InterruptedException {
        var witnesses = Witnesses.all(node, others);
        long witnessed = witnesses.witnessed(node);
        for (int i = 0; i < WITNESSING_STEPS && witnessed < records; i++) {
            Thread.sleep(STEP);
            witnessed = witnesses.witnessed(node);
        }
        return witnessed;
    }

    /// Verifies until the checkpoint covers every record, which takes the node a moment.
    private LogVerdict verdict(Platform platform) throws IOException, InterruptedException {
        var since = Optional.ofNullable(earlier.get(platform));
        var verification = new LogVerification(Optional.empty(), since, Optional.empty());
        LogVerdict verdict = verification.directory(platform.directory());
        for (int i = 0; i < QUIET_STEPS && isAhead(verdict); i++) {
            Thread.sleep(STEP);
            verdict = verification.directory(platform.directory());
        }
        return verdict;
    }

    private static boolean isAhead(LogVerdict verdict) {
        return switch (verdict) {
            case LogVerdict.Verified verified -> verified.counts().uncovered() > 0;
            // The node may have replaced a file while it was read.
            case LogVerdict.Failed failed -> true;
        };
    }
}
