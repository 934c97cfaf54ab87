// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static java.util.stream.Collectors.toMap;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads everything back once the watches rest, verifies the logs from their files, and writes the report.
final class Audit {
    private static final Duration STEP = Duration.ofMillis(200);

    /// How often nothing may change before what is still missing counts as lost.
    private static final int QUIET_STEPS = 50;

    private final Network network;
    private final List<Wearer> wearers;
    private final Narrator narrator;
    private final Map<Platform, Bytes> earlier = new HashMap<>();

    /// Keeps the checkpoints as they are now; the logs must have grown from them in the end.
    Audit(Network network, List<Wearer> wearers, Narrator narrator) throws IOException {
        this.network = network;
        this.wearers = wearers;
        this.narrator = narrator;
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
            var seen = Reckoning.properties(arcadia);
            narrator.say("Verifying all three logs from their files, believing no node.");
            var platforms = new LinkedHashMap<String, Report.PlatformReport>();
            platforms.put("agora", platform(network.agora(), agora));
            platforms.put("arcadia", platform(network.arcadia(), arcadia));
            platforms.put("pulse", platform(network.pulse(), pulse));

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
                    checks(updates, platforms, attempts, seen));
        }
    }

    private Map<String, Boolean> checks(
            Report.Updates updates,
            Map<String, Report.PlatformReport> platforms,
            Attempts attempts,
            Set<String> seenInArcadia) {
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
        for (var name : List.of("agora", "arcadia")) {
            var platform = platforms.get(name);
            checks.put(
                    "every wearer moves an avatar in " + name,
                    platform != null
                            && platform.avatars() == wearers.size()
                            && platform.applied() > 0);
        }
        platforms.forEach(
                (name, platform) ->
                        checks.put("the log of " + name + " is verified", platform.verified()));
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
            var applied = Reckoning.totalApplied(agora);
            if (applied >= acknowledged) return;
            if (applied != last) quiet = 0;
            last = applied;
            Thread.sleep(STEP);
        }
    }

    private Report.PlatformReport platform(Platform platform, NodeClient node)
            throws IOException, InterruptedException {
        var applied = Reckoning.applied(node);
        var total = applied.values().stream().mapToLong(Long::longValue).sum();
        return switch (verdict(platform)) {
            case LogVerdict.Verified verified -> {
                var records = verified.counts().records();
                narrator.say("  %-8s %,9d records verified".formatted(platform, records));
                var root = verified.checkpoint().checkpoint().root().toBase64();
                yield new Report.PlatformReport(applied.size(), total, records, root, true);
            }
            case LogVerdict.Failed failed -> {
                narrator.say(
                        "  %-8s FAILED: %s: %s"
                                .formatted(platform, failed.place(), failed.check()));
                var records = node.get("api/node").path("records").asLong();
                yield new Report.PlatformReport(applied.size(), total, records, "", false);
            }
        };
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
