// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The demo from its first node to its last check.
///
/// Three nodes run as processes of their own. Ten people's watches send to Pulse, which forwards to Agora and Arcadia
/// what their owners allow. Meanwhile things are tried that must not work, and at the end everything is read back,
/// compared and verified.
public final class Story {
    /// What is asked of the demo.
    ///
    /// @param length how long the watches are worn
    /// @param stay whether pages and watches go on until the program is stopped
    /// @param report where to write the report as JSON
    public record Wish(Duration length, boolean stay, Optional<Path> report) {}

    private final Path root;
    private final Narrator narrator;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<Platform> platforms = new CopyOnWriteArrayList<>();

    /// @param root a directory of its own, emptied at the start
    /// @param terminal whether a moving line can be shown
    public Story(Path root, PrintWriter out, boolean terminal, InstantSource clock) {
        this.root = root;
        this.narrator = new Narrator(out, terminal);
        this.clock = clock;
    }

    /// Tells the story and whether everything held; every node is stopped at its end, however it ends.
    public boolean tell(Wish wish) throws IOException, InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Platform.closeAll(platforms), "end-of-demo"));
        try (var workshop = Workshop.open(root)) {
            var network = start(workshop);
            var wearers = Wearer.everybody(workshop, random);
            var enrolment = enrol(network, wearers);
            showPages();
            var audit = new Audit(network, wearers, narrator, random, clock);
            var performance = new Performance(network, wearers, narrator, clock);
            var attempts = performance.play(enrolment, wish.length(), random);
            var report = audit.report(performance, attempts);
            if (wish.report().isPresent()) write(report, wish.report().get());
            narrator.say(Summary.of(report));
            narrator.say(
                    "See for yourself: ./carnet verify %s".formatted(network.agora().directory()));
            if (wish.stay()) {
                showPages();
                narrator.say("The watches go on. Ctrl-C ends everything.");
                performance.stay();
            }
            return report.everythingHolds();
        } finally {
            Platform.closeAll(platforms);
        }
    }

    private Network start(Workshop workshop) throws IOException, InterruptedException {
        narrator.say("Starting three nodes, each with its own database, log and keys:");
        narrator.say("  pulse    the IoT platform of the watches");
        narrator.say("  agora    a metaverse that may see everything");
        narrator.say("  arcadia  a metaverse that may see only how intensely somebody moves");
        var maker = new Maker(random, clock.instant());
        var makers = maker.writeAuthority(workshop.path("makers.pem"));
        var certifier = new Certifier(SigningKey.generate(Algorithm.ED25519, random));
        var believing = Map.of("certifiers.accepted", certifier.did());
        var agora = start(workshop, "agora", List.of(), believing);
        var arcadia = start(workshop, "arcadia", List.of(), believing);
        var trusting = Map.of("makers.authorities", makers.toString());
        var pulse = start(workshop, "pulse", List.of(agora, arcadia), trusting);
        for (var platform : platforms) platform.awaitStarted();
        narrator.say("Each witnesses the logs of the two others.");
        Witnesses.connect(platforms);
        try (var manage = pulse.manage()) {
            certifier.certify(manage, clock.instant());
        }
        return new Network(workshop, maker, pulse, agora, arcadia);
    }

    private Platform start(
            Workshop workshop, String name, List<Platform> peers, Map<String, String> more)
            throws IOException {
        var platform = Platform.start(workshop, name, peers, more);
        platforms.add(platform);
        return platform;
    }

    private Enrolment enrol(Network network, List<Wearer> wearers) throws IOException {
        narrator.say("Enrolling ten watches, each with a key of its own:");
        var enrolment =
                new Enrolment(
                        network.pulse().manage(),
                        network.agora().manage(),
                        network.arcadia().manage(),
                        clock);
        for (var wearer : wearers) {
            enrolment.enrol(wearer);
            narrator.say(
                    "  %s  %s…  over %-9s as %-4s  is %s in Agora and %s in Arcadia"
                            .formatted(
                                    wearer.recording().person(),
                                    wearer.watch().id().value().substring(0, 20),
                                    wearer.carrierName(),
                                    wearer.formName(),
                                    wearer.walker(),
                                    wearer.spark()));
        }
        return enrolment;
    }

    private void showPages() throws IOException {
        narrator.say("The pages, one per platform:");
        for (var platform : platforms)
            narrator.say("  %-8s %s".formatted(platform, platform.page()));
    }

    private static void write(Report report, Path file) throws IOException {
        var json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        Files.writeString(file, json + "\n");
    }
}
