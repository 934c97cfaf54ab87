// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.mqtt.MqttServerOptions;

import org.carnet.attestation.AttestationVerifier;
import org.carnet.attestation.DeviceChain;
import org.carnet.attestation.MakerCredential;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.access.Gate;
import org.carnet.node.access.StepUp;
import org.carnet.node.points.Acks;
import org.carnet.node.points.AvatarIdentities;
import org.carnet.node.points.AvatarUpdates;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.RecordFlow;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.carnet.node.points.Snapshots;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Suspicion;
import org.carnet.node.points.Traffic;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.tls.ServerIdentity;
import org.carnet.node.web.StreamHandshake;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.net.ssl.X509KeyManager;

/// Puts the things agent together.
@Configuration(proxyBeanMethods = false)
public class ThingsConfiguration {
    /// How old an update may be that a gateway forwards: it may have waited for this node.
    private static final Duration MAX_DELAY = Duration.ofDays(1);

    /// What a PUBLISH may carry beside the update: topic and properties.
    private static final int MQTT_OVERHEAD = 1024;

    @Bean
    Things things() {
        return new Things();
    }

    @Bean
    ThingStore thingStore(JdbcClient jdbc) {
        return new ThingStore(jdbc);
    }

    @Bean
    Registrar registrar(
            Things things,
            ThingStore store,
            Records records,
            AvatarUpdates avatars,
            InstantSource clock,
            SecureRandom random,
            Settings settings) {
        return new Registrar(
                things,
                store,
                new Diary(records),
                avatars,
                () -> SigningKey.generate(Algorithm.ED25519, random).did(),
                clock,
                settings.name(),
                settings.peers().keySet());
    }

    @Bean
    Lifecycle lifecycle(
            Registrar registrar,
            Things things,
            ThingStore store,
            Records records,
            Suspensions suspensions,
            Suspicion suspicion,
            AvatarIdentities identities,
            InstantSource clock,
            SecureRandom random) {
        var handOvers = new HandOvers(random, clock);
        return new Lifecycle(
                registrar,
                things,
                store,
                new Diary(records),
                handOvers,
                suspensions,
                suspicion,
                identities,
                clock);
    }

    @Bean
    Claims claims(Registrar registrar, Settings settings, SecureRandom random, InstantSource clock)
            throws IOException {
        var makers = settings.makers();
        var authorities =
                makers.authorities().isPresent()
                        ? Makers.authorities(makers.authorities().get())
                        : List.<X509Certificate>of();
        var verifier =
                new AttestationVerifier(
                        new DeviceChain(authorities),
                        new MakerCredential(Makers.keys(makers.issuers())),
                        new AttestationVerifier.Policy(makers.debugging(), makers.anyBoot()));
        return new Claims(verifier, registrar, new Guesses(clock), random, clock);
    }

    @Bean
    ClaimController claimController(Claims claims, InstantSource clock) {
        return new ClaimController(claims, clock);
    }

    @Bean
    LifecycleController lifecycleController(
            Lifecycle lifecycle, Gate gate, StepUp stepUp, InstantSource clock, Settings settings) {
        return new LifecycleController(lifecycle, gate, stepUp, clock, settings.name());
    }

    @Bean
    ThingMemory thingMemory(
            Things things,
            Registrar registrar,
            Lifecycle lifecycle,
            RecordReads reads,
            Records records,
            Snapshots snapshots) {
        return new ThingMemory(things, registrar, lifecycle, reads, records, snapshots);
    }

    @Bean
    UpdateReceiver updateReceiver(
            Things things,
            Records records,
            AvatarUpdates avatars,
            MeterRegistry meters,
            Traffic traffic,
            Suspicion suspicion,
            Suspensions suspensions,
            Acks acks,
            InstantSource clock,
            Settings settings) {
        var updates = settings.updates();
        var limits =
                new UpdateReceiver.Limits(
                        updates.maxBytes(), updates.clockSkew(), MAX_DELAY, updates.rate());
        return new UpdateReceiver(
                things,
                records,
                avatars,
                new Outcomes(
                        meters,
                        nanoseconds ->
                                acks.waited(Acks.Level.DURABLE, Duration.ofNanos(nanoseconds))),
                traffic,
                suspicion,
                suspensions,
                limits,
                clock,
                settings.name());
    }

    @Bean
    Senders senders(Things things, Settings settings, InstantSource clock) {
        return new Senders(things, settings.name(), clock);
    }

    @Bean
    UpdateController updateController(UpdateReceiver receiver, Senders senders, Acks acks) {
        return new UpdateController(receiver, senders, new Waits(acks));
    }

    @Bean
    ThingController thingController(
            Registrar registrar, Things things, ThingStore store, InstantSource clock, Gate gate) {
        return new ThingController(registrar, things, store, clock, new OwnersOnly(gate));
    }

    @Bean
    WebSocketConfigurer updateSocket(
            UpdateReceiver receiver,
            Senders senders,
            Acks acks,
            Settings settings,
            StreamHandshake handshake) {
        var socket = new UpdateSocket(receiver, senders, acks, settings.updates().inFlight());
        return registry ->
                registry.addHandler(socket, UpdateSocket.PATH).setHandshakeHandler(handshake);
    }

    @Bean
    Outlets outlets(
            UpdateReceiver receiver,
            Senders senders,
            Things things,
            Acks acks,
            RecordFlow flow,
            Records records,
            Snapshots snapshots,
            NodeIdentity node,
            InstantSource clock,
            SecureRandom random,
            Settings settings,
            Ports ports,
            ObjectProvider<ServerIdentity> certificate) {
        var mqtt =
                settings.mqtt().port().isPresent()
                        ? new MqttListener(
                                receiver,
                                senders,
                                acks,
                                settings.updates().inFlight(),
                                mqttOptions(settings, certificate))
                        : null;
        var forwarders = new ArrayList<Forwarder>();
        settings.peers()
                .forEach(
                        (name, peer) ->
                                forwarders.add(
                                        new Forwarder(
                                                name,
                                                new Departures(name, things, node.key(), clock),
                                                flow,
                                                records,
                                                snapshots,
                                                new PeerConnection(
                                                        name, peer, node.key(), clock, random),
                                                settings.name())));
        return new Outlets(mqtt, ports, forwarders);
    }

    @Bean
    OtherPlatforms otherPlatforms(Things things, Settings settings) {
        return new OtherPlatforms(things, settings.name());
    }

    @Bean
    OwnedThings ownedThings(Registrar registrar, Lifecycle lifecycle, Senders senders) {
        return new OwnedThings(registrar, lifecycle, senders);
    }

    private static MqttServerOptions mqttOptions(
            Settings settings, ObjectProvider<ServerIdentity> certificate) {
        var options =
                new MqttServerOptions()
                        .setHost(settings.http().address().getHostAddress())
                        .setPort(settings.mqtt().port().orElseThrow())
                        .setMaxMessageSize(settings.updates().maxBytes() + MQTT_OVERHEAD);
        if (settings.mqtt().tls() || !settings.http().loopback()) {
            var manager =
                    (X509KeyManager) certificate.getObject().keyManagers().getKeyManagers()[0];
            options.setSsl(true)
                    .setKeyCertOptions(KeyCertOptions.wrap(manager))
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
        }
        return options;
    }
}
