// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.AvatarCredential;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.Status;
import org.carnet.credential.StatusList;
import org.carnet.credential.TokenStatusList;
import org.carnet.credential.VerificationMethods;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// When the end of an avatar's credential takes effect elsewhere, and what happens where its list cannot be reached.
final class TokenStatusChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(15);
    private static final String LIST = "https://agora.example/status/1";
    private static final SigningKey ISSUER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("01".repeat(32)));
    private static final SigningKey OTHER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("02".repeat(32)));
    private static final Random RANDOM = new Random(3);

    private Map<Integer, Status> marked = Map.of();
    private SigningKey signer = ISSUER;
    private String uri = LIST;
    private boolean reachable = true;
    private final TokenStatusChecks checks =
            new TokenStatusChecks(this::fetch, VerificationMethods.ofDidKey(), TTL, AGE);

    private Bytes fetch(URI list) throws IOException {
        if (!reachable) throw new IOException("nobody answers");
        return Bytes.utf8(
                TokenStatusList.sign(
                        uri,
                        new StatusList(marked),
                        NOW,
                        NOW.plus(Duration.ofDays(1)),
                        TTL,
                        signer.did().keyId(),
                        signer));
    }

    private static VerifiedSdJwt credential(int index) {
        var day = AvatarCredential.day(NOW);
        var avatar =
                new AvatarCredential(
                        OTHER.did(),
                        Optional.empty(),
                        "owner",
                        Optional.empty(),
                        day,
                        day.plus(AvatarCredential.LIFETIME));
        var did = ISSUER.did();
        var issuance = new SdJwtIssuance(ISSUER, did.keyId(), RANDOM::nextBytes);
        return verified(avatar.issue(issuance, did.value(), LIST, index).text());
    }

    private static VerifiedSdJwt verified(String text) {
        var verifier =
                new SdJwtVerifier(
                        AvatarCredential.TYPE, (issuer, keyId) -> VerificationKey.of(ISSUER.did()));
        return (VerifiedSdJwt) verifier.verify(text, NOW);
    }

    private @Nullable String refusalAfter(Duration time) {
        return checks.refusal(credential(7), NOW.plus(time));
    }

    @Test
    void aRevocationTakesEffectWithinTheTtl() {
        assertThat(refusalAfter(Duration.ZERO)).isNull();
        marked = Map.of(7, Status.REVOKED, 8, Status.SUSPENDED);
        assertThat(refusalAfter(TTL.minusSeconds(1))).isNull();
        assertThat(refusalAfter(TTL)).startsWith("REVOKED");
        assertThat(checks.refusal(credential(8), NOW.plus(TTL))).startsWith("SUSPENDED");
        assertThat(checks.refusal(credential(9), NOW.plus(TTL))).isNull();
    }

    @Test
    void aListThatCannotBeReachedDelaysARevocationForItsAgeAtMost() {
        assertThat(refusalAfter(Duration.ZERO)).isNull();
        marked = Map.of(7, Status.REVOKED);
        reachable = false;
        assertThat(refusalAfter(AGE)).isNull();
        assertThat(refusalAfter(AGE.plusSeconds(1))).startsWith("STATUS_UNREACHABLE");
    }

    @Test
    void whatACopySaysIsRevokedStaysRefusedWhereTheListIsAway() {
        marked = Map.of(7, Status.REVOKED);
        assertThat(refusalAfter(Duration.ZERO)).startsWith("REVOKED");
        reachable = false;
        assertThat(refusalAfter(TTL.multipliedBy(3))).startsWith("REVOKED");
        assertThat(refusalAfter(AGE.multipliedBy(2))).startsWith("STATUS_UNREACHABLE");
    }

    @Test
    void whoseListWasNeverReachedIsRefused() {
        reachable = false;
        assertThat(refusalAfter(Duration.ZERO)).startsWith("STATUS_UNREACHABLE");
    }

    @Test
    void onlyTheIssuersOwnListOfThatNameCounts() {
        signer = OTHER;
        assertThat(refusalAfter(Duration.ZERO)).startsWith("STATUS_INVALID");
        signer = ISSUER;
        uri = LIST + "/other";
        assertThat(refusalAfter(Duration.ofSeconds(9))).startsWith("STATUS_INVALID");
    }

    @Test
    void aCredentialThatNobodyCouldTakeBackIsRefused() {
        var claims = Json.object().put("iss", ISSUER.did().value());
        claims.put("vct", AvatarCredential.TYPE);
        var issuance = new SdJwtIssuance(ISSUER, ISSUER.did().keyId(), RANDOM::nextBytes);
        var free = verified(issuance.issue(claims, Set.of(), 0).text());
        assertThat(checks.refusal(free, NOW)).contains("no entry in a status list");
    }
}
