// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.BitstringList;
import org.carnet.credential.Credential;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.Flaw;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.PlatformCertification;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Refused;
import org.carnet.credential.Status;
import org.carnet.credential.StatusEntry;
import org.carnet.credential.StatusList;
import org.carnet.credential.VerificationMethods;
import org.carnet.exchange.CertificationCheck;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.node.points.Certifications;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which certifications of platforms are believed, and exactly why the others are not.
final class AcceptedCertifiersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(15);
    private static final String LIST = "https://certifier.example/status/1/revocation";
    private static final SigningKey CERTIFIER = key("01");
    private static final SigningKey IMPOSTOR = key("02");
    private static final String ARCADIA = key("03").did().value();
    private static final String AGORA = key("04").did().value();

    private Map<Integer, Status> marked = Map.of();
    private boolean reachable = true;
    private final AcceptedCertifiers certifiers = certifiers();

    private static SigningKey key(String secret) {
        return SigningKey.of(Algorithm.ED25519, Bytes.hex(secret.repeat(32)));
    }

    private AcceptedCertifiers certifiers() {
        var methods = VerificationMethods.ofDidKey();
        var integrity = new DataIntegrity(List.of(EddsaJcs.SUITE), methods);
        var lists =
                new CredentialVerifier(
                        integrity,
                        methods,
                        (status, issuer, now) -> Optional.empty(),
                        resource -> Optional.empty());
        var checks = new StatusChecks(this::fetch, lists, TTL, AGE);
        var verifier =
                new CredentialVerifier(integrity, methods, checks, resource -> Optional.empty());
        return new AcceptedCertifiers(verifier, Set.of(CERTIFIER.did().value()), List::of);
    }

    private Bytes fetch(URI list) throws IOException {
        if (!reachable) throw new IOException("nobody answers");
        var unsigned =
                BitstringList.unsigned(
                        LIST,
                        CERTIFIER.did().value(),
                        new StatusList(marked),
                        Status.REVOKED,
                        NOW,
                        NOW.plus(AGE),
                        TTL);
        var options = ProofOptions.assertion(CERTIFIER.did().keyId(), NOW);
        return Bytes.utf8(
                Json.text(DataIntegrity.sign(unsigned, EddsaJcs.SUITE, options, CERTIFIER)));
    }

    private static ObjectNode certification(String issuer) {
        var json =
                new PlatformCertification(
                                ARCADIA,
                                PlatformCertification.Level.HIGH,
                                List.of("crossing"),
                                NOW.minus(Duration.ofDays(1)),
                                NOW.plus(Duration.ofDays(1)))
                        .unsigned(issuer);
        json.set("credentialStatus", new StatusEntry("revocation", 7, LIST).json());
        return json;
    }

    private static String signed(ObjectNode json, SigningKey key) {
        return JoseCredential.sign(json, key.did().keyId(), key);
    }

    private static String good() {
        return signed(certification(CERTIFIER.did().value()), CERTIFIER);
    }

    private List<Flaw> flaws(String platform, String shown, Instant now) {
        return switch (certifiers.standing(platform, shown, now)) {
            case Certifications.Certified ignored -> List.of();
            case Certifications.NotCertified(var reasons) ->
                    reasons.stream().map(Refused::flaw).toList();
        };
    }

    private List<Flaw> flaws(String shown) {
        return flaws(ARCADIA, shown, NOW);
    }

    @Test
    void anAcceptedCertifierIsBelievedForWhatItSays() {
        var standing = certifiers.standing(ARCADIA, good(), NOW);
        assertThat(standing).isInstanceOf(Certifications.Certified.class);
        var certified = (Certifications.Certified) standing;
        assertThat(certified.certifier()).isEqualTo(CERTIFIER.did().value());
        assertThat(certified.certification().level()).isEqualTo(PlatformCertification.Level.HIGH);
        assertThat(certified.certification().until()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(certifiers.check(ARCADIA, good(), NOW))
                .isEqualTo(new CertificationCheck.Certified(CERTIFIER.did().value()));
    }

    @Test
    void aCertifierWhomNobodyChoseIsNotBelieved() {
        var own = signed(certification(IMPOSTOR.did().value()), IMPOSTOR);
        assertThat(flaws(own)).containsExactly(Flaw.STATUS_INVALID);
        var json = certification(IMPOSTOR.did().value());
        json.remove("credentialStatus");
        assertThat(flaws(signed(json, IMPOSTOR))).containsExactly(Flaw.WRONG_ISSUER);
        // In the name of the certifier, by another key.
        assertThat(flaws(signed(certification(CERTIFIER.did().value()), IMPOSTOR)))
                .containsExactly(Flaw.WRONG_ISSUER);
    }

    @Test
    void aCertificationOfAnotherPlatformIsNotBelieved() {
        assertThat(flaws(AGORA, good(), NOW)).containsExactly(Flaw.INVALID_VALUE);
    }

    @Test
    void anExpiredOrFutureCertificationIsNotBelieved() {
        assertThat(flaws(ARCADIA, good(), NOW.minus(Duration.ofDays(2))))
                .contains(Flaw.NOT_YET_VALID);
        assertThat(flaws(ARCADIA, good(), NOW.plus(Duration.ofDays(2)))).contains(Flaw.EXPIRED);
    }

    @Test
    void aRevokedCertificationIsNotBelieved() {
        marked = Map.of(7, Status.REVOKED);
        assertThat(flaws(good())).containsExactly(Flaw.REVOKED);
    }

    @Test
    void aCertificationWhoseListCannotBeReachedIsNotBelieved() {
        reachable = false;
        assertThat(flaws(good())).containsExactly(Flaw.STATUS_UNREACHABLE);
    }

    @Test
    void aRaisedLevelAndAnotherCredentialAreNotBelieved() {
        var raised = certification(CERTIFIER.did().value());
        ((ObjectNode) raised.required("credentialSubject")).put("level", "basic");
        var token = good().split("\\.");
        var forged = token[0] + "." + Bytes.utf8(Json.text(raised)).toBase64Url() + "." + token[2];
        assertThat(flaws(forged)).containsExactly(Flaw.BAD_SIGNATURE);
        var other = certification(CERTIFIER.did().value());
        other.withArray("type").remove(1);
        assertThat(flaws(signed(other, CERTIFIER))).containsExactly(Flaw.INVALID_VALUE);
        assertThat(other.path("@context").path(0).asString()).isEqualTo(Credential.V2);
    }

    @Test
    void whatIsNoTokenIsNotBelieved() {
        for (var text : List.of("", "x", good() + ".", good().replace('.', ' ')))
            assertThat(flaws(text)).as(text).isNotEmpty();
    }
}
