// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.carnet.Bytes;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteSigner;
import org.carnet.log.TlogPolicy;
import org.carnet.node.health.HealthCheck;
import org.carnet.node.points.Acks;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.OwnLog;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.Records;
import org.carnet.node.points.WitnessKey;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Puts the witness, its clients and its monitors together.
@Configuration(proxyBeanMethods = false)
public class WitnessConfiguration {
    /// One address may submit so many checkpoints in a second, and announce itself so often.
    private static final int SUBMISSIONS = 50;

    private static final int ANNOUNCEMENTS = 2;

    @Bean
    Peers peers(Settings settings, JdbcClient jdbc, InstantSource clock) {
        var configured = new HashSet<>(settings.witness().peers());
        settings.peers().values().forEach(peer -> configured.add(Links.base(peer.url())));
        return new Peers(
                new PeerStore(jdbc), new Links(settings), settings.origin(), configured, clock);
    }

    @Bean
    Incidents incidents(
            Settings settings,
            JdbcClient jdbc,
            Records records,
            NodeIdentity node,
            InstantSource clock) {
        return new Incidents(
                settings.dataDirectory().resolve("evidence"),
                new IncidentStore(jdbc),
                records,
                new NoteSigner(settings.origin() + "/evidence", node.key()),
                settings.origin(),
                clock);
    }

    @Bean
    Suspects suspects() {
        return new Suspects();
    }

    @Bean
    Witness witness(
            Settings settings,
            WitnessKey key,
            Peers peers,
            Suspects suspects,
            Incidents incidents,
            InstantSource clock) {
        var cosigner = key.cosigner();
        var files =
                new WitnessFiles(settings.dataDirectory().resolve("witness"), cosigner.verifiers());
        return new Witness(
                files,
                cosigner,
                origin -> peers.of(origin).map(Peer::log),
                suspects::add,
                incidents::isForked,
                clock);
    }

    @Bean
    Witnessed witnessed(Settings settings, OwnLog log, Peers peers, Acks acks) throws IOException {
        return new Witnessed(
                settings.dataDirectory(),
                log.keys(),
                policy(settings.witness().policy(), log.keys(), peers),
                size -> acks.reached(Acks.Level.WITNESSED, size));
    }

    private static Supplier<Optional<TlogPolicy>> policy(
            Optional<Path> file, LogVerifier log, Peers peers) throws IOException {
        if (file.isEmpty()) return () -> AnyPeer.among(log, peers.all());
        try {
            var policy = TlogPolicy.parse(Bytes.unsafe(Files.readAllBytes(file.get())));
            return () -> Optional.of(policy);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file.get() + " is no policy: " + malformed.getMessage());
        }
    }

    /// What takes long in a round: it ends with the rounds.
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService witnessExecutor() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("witness-", 0).factory());
    }

    @Bean
    Witnessing witnessing(
            Settings settings,
            Peers peers,
            OwnLog log,
            Witnessed witnessed,
            Acks acks,
            NodeIdentity node,
            Ports ports,
            InstantSource clock,
            ExecutorService witnessExecutor) {
        var self = new OwnAddress(settings, ports);
        var announcer = new Announcer(peers, node.key(), self::url, clock);
        return new Witnessing(
                peers,
                log,
                witnessed,
                announcer::announceTo,
                acks::witnesses,
                settings.witness().interval(),
                clock,
                witnessExecutor);
    }

    @Bean
    Monitoring monitoring(
            Peers peers,
            Witness witness,
            Suspects suspects,
            Incidents incidents,
            InstantSource clock,
            ExecutorService witnessExecutor) {
        return new Monitoring(peers, witness, suspects, incidents, clock, witnessExecutor);
    }

    @Bean
    WitnessLoop witnessLoop(
            Settings settings,
            Peers peers,
            Witnessing witnessing,
            Monitoring monitoring,
            ExecutorService witnessExecutor) {
        var meeting = new Alone(peers::meetConfigured, witnessExecutor);
        return new WitnessLoop(
                List.of(meeting, witnessing::round, monitoring::round),
                settings.witness().interval(),
                witnessExecutor);
    }

    @Bean
    WitnessController witnessController(
            Settings settings,
            Witness witness,
            Incidents incidents,
            Peers peers,
            Permissions permissions,
            WitnessKey key,
            InstantSource clock) {
        var announcements =
                new Announcements(
                        peers,
                        settings.witness().announcements(),
                        permissions::isGateway,
                        settings.origin(),
                        clock);
        return new WitnessController(
                witness,
                incidents,
                announcements,
                new LogVerifier(key.cosigner().verifiers()),
                new Pace(SUBMISSIONS, clock),
                new Pace(ANNOUNCEMENTS, clock));
    }

    @Bean
    PeerController peerController(Peers peers, Witnessing witnessing, Monitoring monitoring) {
        return new PeerController(peers, witnessing, monitoring);
    }

    @Bean
    HealthCheck witnessCheck(Incidents incidents) {
        return new WitnessCheck(incidents);
    }

    @Bean
    MeterBinder witnessMeters(Incidents incidents, Peers peers, Acks acks) {
        return meters -> {
            Gauge.builder("carnet.witness.incidents", incidents, Incidents::open)
                    .description("Incidents of other logs that are not over")
                    .register(meters);
            Gauge.builder("carnet.witness.peers", peers, all -> all.all().size())
                    .description("Platforms whose logs this node witnesses")
                    .register(meters);
            for (var level : Acks.Level.values()) {
                var name = level.name().toLowerCase(Locale.ROOT);
                Gauge.builder("carnet.acks.records", acks, all -> records(all, level))
                        .description("Records that are acknowledged so")
                        .tag("level", name)
                        .register(meters);
                Gauge.builder("carnet.acks.p99.seconds", acks, all -> p99(all, level))
                        .description(
                                "How long 99 of 100 records of the last minutes waited at most")
                        .tag("level", name)
                        .register(meters);
            }
        };
    }

    private static double records(Acks acks, Acks.Level level) {
        return acks.reach(level).map(reach -> (double) reach.size()).orElse(0.0);
    }

    private static double p99(Acks acks, Acks.Level level) {
        return acks.latency(level)
                .map(latency -> latency.p99().toNanos() / (double) Duration.ofSeconds(1).toNanos())
                .orElse(Double.NaN);
    }
}
