// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.BitstringList;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.Flaw;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Refused;
import org.carnet.credential.Status;
import org.carnet.credential.StatusEntry;
import org.carnet.credential.StatusList;
import org.carnet.credential.VerificationMethods;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When a revocation takes effect, and what happens where its list cannot be reached.
final class StatusChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(15);
    private static final String LIST = "https://status.example/status/1/revocation";
    private static final SigningKey ISSUER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("01".repeat(32)));
    private static final SigningKey OTHER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("02".repeat(32)));

    private Map<Integer, Status> marked = Map.of();
    private SigningKey signer = ISSUER;
    private boolean reachable = true;
    private int fetched;
    private Instant made = NOW;
    private final StatusChecks checks = checks();

    private StatusChecks checks() {
        var methods = VerificationMethods.ofDidKey();
        var verifier =
                new CredentialVerifier(
                        new DataIntegrity(List.of(EddsaJcs.SUITE), methods),
                        methods,
                        (status, issuer, now) -> Optional.empty(),
                        resource -> Optional.empty());
        return new StatusChecks(this::fetch, verifier, TTL, AGE);
    }

    private Bytes fetch(URI list) throws IOException {
        fetched++;
        if (!reachable) throw new IOException("nobody answers");
        var unsigned =
                BitstringList.unsigned(
                        LIST,
                        signer.did().value(),
                        new StatusList(marked),
                        Status.REVOKED,
                        made,
                        made.plus(AGE),
                        TTL);
        var options = ProofOptions.assertion(signer.did().keyId(), made);
        return Bytes.utf8(Json.text(DataIntegrity.sign(unsigned, EddsaJcs.SUITE, options, signer)));
    }

    private Optional<Flaw> flawAfter(Duration time) {
        var entry = new StatusEntry(Status.REVOKED.purpose(), 7, LIST).json();
        return checks.refusal(entry, ISSUER.did().value(), NOW.plus(time)).map(Refused::flaw);
    }

    @Test
    void aRevocationTakesEffectWithinTheTtlOfACopy() {
        assertThat(flawAfter(Duration.ZERO)).isEmpty();
        marked = Map.of(7, Status.REVOKED);
        assertThat(flawAfter(TTL.minusSeconds(1))).isEmpty();
        assertThat(fetched).isEqualTo(1);
        assertThat(flawAfter(TTL)).contains(Flaw.REVOKED);
    }

    @Test
    void aListThatCannotBeReachedIsBelievedForItsAgeAndThenNoMore() {
        assertThat(flawAfter(Duration.ZERO)).isEmpty();
        reachable = false;
        assertThat(flawAfter(TTL)).isEmpty();
        assertThat(flawAfter(AGE)).isEmpty();
        assertThat(flawAfter(AGE.plusSeconds(1))).contains(Flaw.STATUS_UNREACHABLE);
        reachable = true;
        made = NOW.plus(AGE);
        assertThat(flawAfter(AGE.plusSeconds(10))).isEmpty();
    }

    @Test
    void whatIsRevokedInACopyStaysRefusedWhenTheListIsUnreachable() {
        marked = Map.of(7, Status.REVOKED);
        assertThat(flawAfter(Duration.ZERO)).contains(Flaw.REVOKED);
        reachable = false;
        assertThat(flawAfter(TTL.plusSeconds(1))).contains(Flaw.REVOKED);
        assertThat(flawAfter(AGE.plusSeconds(60))).contains(Flaw.STATUS_UNREACHABLE);
    }

    @Test
    void aListThatWasNeverHadRefusesItsCredentialsAndIsNotAskedForAgainAtOnce() {
        reachable = false;
        assertThat(flawAfter(Duration.ZERO)).contains(Flaw.STATUS_UNREACHABLE);
        assertThat(flawAfter(Duration.ofSeconds(4))).contains(Flaw.STATUS_UNREACHABLE);
        assertThat(fetched).isEqualTo(1);
        reachable = true;
        assertThat(flawAfter(Duration.ofSeconds(6))).isEmpty();
    }

    @Test
    void aListOfSomebodyElseOrAnOldOneShownAgainIsNotBelieved() {
        signer = OTHER;
        assertThat(flawAfter(Duration.ZERO)).contains(Flaw.STATUS_INVALID);
        signer = ISSUER;
        // The list from before the revocation, replayed by whoever stands between.
        assertThat(flawAfter(AGE.plusSeconds(60))).contains(Flaw.STATUS_INVALID);
    }
}
