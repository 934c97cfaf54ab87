// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.credential.SdJwtVerifier;
import org.carnet.did.HistoryReader;
import org.carnet.exchange.CertificationCheck;
import org.carnet.exchange.DoubleVerifier;
import org.carnet.identity.SignatureMemory;
import org.carnet.node.access.Gate;
import org.carnet.node.fetch.Fetcher;
import org.carnet.node.points.Certifications;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.Pace;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Puts together what this node is to other platforms.
@Configuration(proxyBeanMethods = false)
public class PlatformsConfiguration {
    private static final int LONGEST_HISTORY = HistoryReader.LONGEST + 1;

    @Bean
    PlatformIdentity platformIdentity(
            Settings settings, NodeIdentity node, SecureRandom random, InstantSource clock)
            throws IOException {
        var host = settings.platforms().host();
        if (host.isPresent())
            return OwnDid.open(settings.dataDirectory().resolve("keys"), host.get(), random, clock);
        var did = node.key().did();
        var itself = new PlatformIdentity.Current(did.value(), did.keyId(), node.key());
        return () -> itself;
    }

    @Bean
    StoredPlatforms storedPlatforms(JdbcClient jdbc, InstantSource clock) {
        return new StoredPlatforms(jdbc, clock);
    }

    @Bean
    Resolver resolver(Fetcher web, StoredPlatforms met, Settings settings, InstantSource clock) {
        var credentials = settings.credentials();
        return new Resolver(
                address -> web.get(address, "text/jsonl, application/json", LONGEST_HISTORY),
                met,
                clock,
                credentials.statusTtl(),
                credentials.statusAge());
    }

    @Bean
    Desk desk(
            PlatformIdentity identity,
            Resolver resolver,
            CertificationCheck check,
            DoubleVerifier.AvatarStatus statuses,
            StoredPlatforms memory,
            Certifications certifications,
            Fetcher web,
            SignatureMemory signatures,
            Records records,
            SecureRandom random,
            InstantSource clock) {
        var verifier =
                new DoubleVerifier(
                        identity.current().did(),
                        resolver,
                        check,
                        statuses,
                        memory,
                        SdJwtVerifier.SignatureCheck.remembered(signatures));
        return new Desk(identity, certifications, verifier, web, new Diary(records), random, clock);
    }

    @Bean
    ExchangeController exchangeController(
            Desk desk,
            PlatformIdentity identity,
            Gate gate,
            Settings settings,
            InstantSource clock) {
        var pace = new Pace(settings.credentials().verifyRate(), clock);
        return new ExchangeController(desk, identity, gate, pace, clock);
    }

    @Bean
    PlatformController platformController(PlatformIdentity identity, Records records) {
        return new PlatformController(
                identity, identity instanceof OwnDid did ? did : null, new Diary(records));
    }
}
