// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.client.Trust;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Cryptosuite;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.Flaw;
import org.carnet.credential.Refused;
import org.carnet.credential.Status;
import org.carnet.exchange.PlatformKeys;
import org.carnet.identity.SignatureMemory;
import org.carnet.node.fetch.Fetcher;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.points.Records;
import org.carnet.node.points.StatusEntries;
import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;
import org.carnet.node.web.Pace;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what issues, checks and revokes credentials.
@Configuration(proxyBeanMethods = false)
public class CredentialsConfiguration {
    private static final int LONGEST_LIST = 2 << 20;

    /// Some hundred bytes each.
    private static final int MOST_REMEMBERED = 10_000;

    @Bean
    Contexts contexts() {
        return new Contexts();
    }

    @Bean
    JsonLdGraph jsonLdGraph(Contexts contexts) {
        return new JsonLdGraph(contexts);
    }

    @Bean
    EddsaRdfc eddsaRdfc(JsonLdGraph graph) {
        return new EddsaRdfc(graph);
    }

    @Bean
    IssuedStore issuedStore(JdbcClient jdbc, SecureRandom random) {
        return new IssuedStore(jdbc, random);
    }

    @Bean
    StatusEntries statusEntries(IssuedStore store, OwnLists lists, InstantSource clock) {
        return new OwnStatusEntries(store, lists, clock);
    }

    @Bean
    OwnLists ownLists(
            IssuedStore store,
            NodeIdentity node,
            PlatformIdentity platform,
            Settings settings,
            Ports ports,
            InstantSource clock) {
        var usual = OwnIssuer.of(node.key());
        return new OwnLists(
                store,
                did ->
                        did.equals(platform.current().did())
                                ? OwnIssuer.of(platform.current())
                                : usual,
                new OwnAddress(settings, ports),
                clock,
                settings.credentials().statusTtl(),
                settings.credentials().statusAge());
    }

    @Bean
    Issuance issuance(
            IssuedStore store,
            OwnLists lists,
            NodeIdentity node,
            JsonLdGraph graph,
            Contexts contexts,
            Records records,
            SecureRandom random,
            InstantSource clock) {
        return new Issuance(
                OwnIssuer.of(node.key()),
                store,
                lists,
                graph,
                contexts,
                new Diary(records),
                random,
                clock);
    }

    @Bean
    Fetcher fetcher(Settings settings) throws IOException {
        var authority = settings.witness().authority();
        var trust = authority.isPresent() ? Trust.authority(authority.get()) : Trust.usual();
        return new Fetcher(trust, settings.http().loopback());
    }

    @Bean
    SignatureMemory signatureMemory() {
        return new SignatureMemory(MOST_REMEMBERED);
    }

    @Bean
    ResolvedMethods resolvedMethods(PlatformKeys platforms, SignatureMemory memory) {
        return new ResolvedMethods(platforms, memory);
    }

    @Bean
    DataIntegrity dataIntegrity(EddsaRdfc rdfc, ResolvedMethods methods) {
        return new DataIntegrity(List.of(EddsaJcs.SUITE, rdfc), methods);
    }

    @Bean
    StatusChecks statusChecks(
            DataIntegrity integrity,
            ResolvedMethods methods,
            Contexts contexts,
            OwnLists own,
            Settings settings,
            Fetcher web) {
        var ofLists =
                new CredentialVerifier(
                        integrity,
                        methods,
                        (status, issuer, now) ->
                                Optional.of(
                                        new Refused(
                                                Flaw.STATUS_INVALID,
                                                "a status list has no status itself")),
                        contexts);
        return new StatusChecks(
                list -> ownOr(own, list, web),
                ofLists,
                settings.credentials().statusTtl(),
                settings.credentials().statusAge());
    }

    @Bean
    CredentialVerifier credentialVerifier(
            DataIntegrity integrity,
            ResolvedMethods methods,
            StatusChecks status,
            Contexts contexts) {
        return new CredentialVerifier(integrity, methods, status, contexts);
    }

    @Bean
    TokenStatusChecks tokenStatusChecks(Settings settings, Fetcher web, ResolvedMethods methods) {
        return new TokenStatusChecks(
                list -> web.get(list, "application/statuslist+jwt", LONGEST_LIST),
                methods,
                settings.credentials().statusTtl(),
                settings.credentials().statusAge());
    }

    /// A list of this node's own is not fetched from itself.
    private static Bytes ownOr(OwnLists own, URI list, Fetcher web) throws IOException {
        var path = list.getPath() == null ? new String[0] : list.getPath().split("/");
        if (path.length == 4)
            for (var told : new Status[] {Status.REVOKED, Status.SUSPENDED})
                if (own.url(path[2], told).equals(list.toString()))
                    return Bytes.utf8(
                            own.bitstring(path[2], told)
                                    .orElseThrow(() -> new IOException("no such list")));
        return web.get(list, "application/vc, application/json", LONGEST_LIST);
    }

    @Bean
    CredentialController credentialController(
            Issuance issuance,
            CredentialVerifier verifier,
            EddsaRdfc rdfc,
            Settings settings,
            InstantSource clock) {
        Map<String, Cryptosuite> suites =
                Map.of(EddsaJcs.SUITE.name(), EddsaJcs.SUITE, rdfc.name(), rdfc);
        var pace = new Pace(settings.credentials().verifyRate(), clock);
        return new CredentialController(issuance, verifier, suites, pace, clock);
    }

    @Bean
    HeldCertifications heldCertifications(JdbcClient jdbc) {
        return new HeldCertifications(jdbc);
    }

    @Bean
    AcceptedCertifiers acceptedCertifiers(
            CredentialVerifier verifier, Settings settings, HeldCertifications held) {
        return new AcceptedCertifiers(verifier, settings.credentials().certifiers(), held::all);
    }

    @Bean
    CertificationController certificationController(
            Issuance issuance,
            CredentialVerifier verifier,
            AcceptedCertifiers certifiers,
            HeldCertifications held,
            StatusChecks status,
            Settings settings,
            InstantSource clock) {
        return new CertificationController(
                issuance,
                verifier,
                certifiers,
                held,
                new Trusted(issuance.issuer().did(), settings.credentials(), status),
                clock);
    }

    @Bean
    StatusController statusController(OwnLists lists) {
        return new StatusController(lists);
    }

    @Bean
    OpenIssuer openIssuer(Settings settings, InstantSource clock) {
        return new OpenIssuer(settings.credentials().openIssuer(), clock);
    }
}
