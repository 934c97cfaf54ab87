// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a verifier lets pass, and what it says of everything else.
final class CredentialVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final SigningKey ISSUER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("01".repeat(32)));
    private static final SigningKey OTHER =
            SigningKey.of(Algorithm.ED25519, Bytes.hex("02".repeat(32)));
    private static final String LIST = "https://status.example/1/revocation";
    private static final VerificationMethods METHODS = VerificationMethods.ofDidKey();
    private static final CredentialVerifier VERIFIER = verifier(Optional.empty());

    private static CredentialVerifier verifier(Optional<Refused> status) {
        return new CredentialVerifier(
                new DataIntegrity(List.of(EddsaJcs.SUITE), METHODS),
                METHODS,
                (entry, issuer, now) -> status,
                resource -> Optional.of(resource.matches(Bytes.utf8("resource"))));
    }

    private static ObjectNode unsigned() {
        var json = Json.object();
        json.putArray("@context").add(Credential.V2);
        json.putArray("type").add("VerifiableCredential");
        json.put("issuer", ISSUER.did().value());
        json.put("validFrom", "2026-11-20T00:00:00Z");
        json.put("validUntil", "2026-11-21T00:00:00Z");
        json.putObject("credentialSubject").put("id", OTHER.did().value()).put("level", "basic");
        return json;
    }

    private static ObjectNode signed(ObjectNode json, SigningKey key) {
        var options = ProofOptions.assertion(key.did().keyId(), NOW);
        return DataIntegrity.sign(json, EddsaJcs.SUITE, options, key);
    }

    private static String jwt(ObjectNode json) {
        return JoseCredential.sign(json, ISSUER.did().keyId(), ISSUER);
    }

    private static List<Flaw> flaws(CredentialVerifier verifier, ObjectNode json, Instant now) {
        return switch (verifier.verify(json, now)) {
            case VerifiedCredential ignored -> List.of();
            case CredentialVerdict.Rejected(var reasons) ->
                    reasons.stream().map(Refused::flaw).toList();
        };
    }

    private static List<Flaw> flaws(ObjectNode json) {
        return flaws(VERIFIER, json, NOW);
    }

    @Test
    void aCredentialHoldsInBothForms() {
        assertThat(flaws(signed(unsigned(), ISSUER))).isEmpty();
        assertThat(flaws(Envelope.ofCredential(jwt(unsigned())))).isEmpty();
    }

    @Test
    void aCredentialSignedBySomebodyElseThanItsIssuerIsRefused() {
        assertThat(flaws(signed(unsigned(), OTHER))).containsExactly(Flaw.WRONG_ISSUER);
        var jwt = JoseCredential.sign(unsigned(), OTHER.did().keyId(), OTHER);
        assertThat(flaws(Envelope.ofCredential(jwt))).containsExactly(Flaw.WRONG_ISSUER);
    }

    @Test
    void aCredentialBeforeItsTimeAndAfterItIsRefused() {
        var signed = signed(unsigned(), ISSUER);
        var early = Instant.parse("2026-11-19T23:59:59Z");
        var late = Instant.parse("2026-11-21T00:00:01Z");
        assertThat(flaws(VERIFIER, signed, early)).containsExactly(Flaw.NOT_YET_VALID);
        assertThat(flaws(VERIFIER, signed, late)).containsExactly(Flaw.EXPIRED);
    }

    @Test
    void everythingThatIsWrongIsToldTogether() {
        var json = unsigned();
        json.putObject("credentialStatus").put("type", StatusEntry.TYPE);
        json.putObject("relatedResource")
                .put("id", "https://example.org/r")
                .put("digestSRI", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        var revoked = verifier(Optional.of(new Refused(Flaw.REVOKED, "revoked")));
        assertThat(flaws(revoked, signed(json, ISSUER), Instant.parse("2027-01-01T00:00:00Z")))
                .containsExactly(Flaw.EXPIRED, Flaw.REVOKED, Flaw.WRONG_DIGEST);
    }

    /// Headers that other libraries fell for; each is signed with the issuer's key, or not at all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"typ\":\"vc+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"typ\":\"vc+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"KID\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"statuslist+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"KID\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\",\"kid\":\"KID\",\"crit\":[\"b64\"]}",
                "{\"alg\":\"EdDSA\",\"alg\":\"none\",\"typ\":\"vc+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\",\"jwk\":{\"kty\":\"OKP\"}}"
            })
    void aTokenWhoseHeaderConfusesIsRefused(String header) {
        var token =
                Jws.sign(
                        header.replace("KID", ISSUER.did().keyId()),
                        Bytes.utf8(Json.text(unsigned())),
                        ISSUER);
        assertThat(flaws(Envelope.ofCredential(token.toUtf8()))).isNotEmpty();
    }

    @Test
    void aTokenWithoutSignatureOrWithABentOneIsRefused() {
        var token = jwt(unsigned());
        int dot = token.lastIndexOf('.');
        for (var bent :
                List.of(
                        token.substring(0, dot + 1),
                        token + "=",
                        token + "*",
                        token + "\n",
                        token.substring(0, dot + 1) + "A".repeat(86))) {
            assertThat(flaws(Envelope.ofCredential(bent))).as(bent).isNotEmpty();
        }
        assertThat(flaws(Envelope.ofCredential(jwt(unsigned().put("vc", "x")))))
                .containsExactly(Flaw.INVALID_VALUE);
        assertThat(flaws(Envelope.ofCredential(jwt(unsigned().put("iss", "did:example:x")))))
                .containsExactly(Flaw.WRONG_ISSUER);
    }

    @Test
    void aPresentationIsForOneVerifierAndOneQuestion() {
        var json = Json.object();
        json.putArray("@context").add(Credential.V2);
        json.put("type", "VerifiablePresentation");
        json.put("holder", OTHER.did().value());
        json.putArray("verifiableCredential")
                .add(signed(unsigned(), ISSUER))
                .add(Envelope.ofCredential(jwt(unsigned())));
        var options =
                ProofOptions.authentication(
                        OTHER.did().keyId(), NOW, "https://arcadia.example", "n1");
        var shown = DataIntegrity.sign(json, EddsaJcs.SUITE, options, OTHER);
        assertThat(reasons(shown, "https://arcadia.example", "n1")).isEmpty();
        assertThat(reasons(shown, "https://agora.example", "n1"))
                .containsExactly(Flaw.WRONG_DOMAIN);
        assertThat(reasons(shown, "https://arcadia.example", "n2"))
                .containsExactly(Flaw.WRONG_CHALLENGE);
        var stolen = DataIntegrity.sign(json, EddsaJcs.SUITE, options, ISSUER);
        assertThat(reasons(stolen, "https://arcadia.example", "n1"))
                .containsExactly(Flaw.BAD_SIGNATURE);
    }

    @Test
    void soIsAPresentationInAToken() {
        var json = Json.object();
        json.putArray("@context").add(Credential.V2);
        json.put("type", "VerifiablePresentation").put("holder", OTHER.did().value());
        json.putArray("verifiableCredential").add(Envelope.ofCredential(jwt(unsigned())));
        json.put("aud", "https://arcadia.example").put("nonce", "n1");
        var shown = enveloped(json, OTHER);
        assertThat(reasons(shown, "https://arcadia.example", "n1")).isEmpty();
        assertThat(reasons(shown, "https://agora.example", "n1"))
                .containsExactly(Flaw.WRONG_DOMAIN);
        assertThat(reasons(shown, "https://arcadia.example", "n2"))
                .containsExactly(Flaw.WRONG_CHALLENGE);
        assertThat(reasons(enveloped(json, ISSUER), "https://arcadia.example", "n1"))
                .containsExactly(Flaw.WRONG_ISSUER);
    }

    private static ObjectNode enveloped(ObjectNode presentation, SigningKey key) {
        var token = JoseToken.sign("vp+jwt", presentation, key.did().keyId(), key);
        var envelope = Json.object();
        envelope.putArray("@context").add(Credential.V2);
        envelope.put("type", "EnvelopedVerifiablePresentation");
        return envelope.put("id", "data:application/vp+jwt," + token);
    }

    private static List<Flaw> reasons(ObjectNode shown, String domain, String challenge) {
        var expected = new ProofExpectation(ProofOptions.AUTHENTICATION, domain, challenge);
        return VERIFIER.verifyPresentation(shown, expected, NOW).stream()
                .map(Refused::flaw)
                .toList();
    }

    private static BitstringList list(SigningKey key, Map<Integer, Status> marked, String url) {
        var unsigned =
                BitstringList.unsigned(
                        url,
                        key.did().value(),
                        new StatusList(marked),
                        Status.REVOKED,
                        NOW,
                        NOW.plus(Duration.ofMinutes(15)),
                        Duration.ofMinutes(1));
        var verified = (VerifiedCredential) VERIFIER.verify(signed(unsigned, key), NOW);
        return ((BitstringList.Read) BitstringList.of(verified, url)).list();
    }

    @Test
    void aStatusListTellsOfItsIssuersCredentialsOnly() {
        var entry = new StatusEntry(Status.REVOKED.purpose(), 7, LIST);
        var issuer = ISSUER.did().value();
        var list = list(ISSUER, Map.of(7, Status.REVOKED), LIST);
        assertThat(list.refusal(entry, issuer).orElseThrow().flaw()).isEqualTo(Flaw.REVOKED);
        assertThat(list.refusal(new StatusEntry("revocation", 8, LIST), issuer)).isEmpty();
        assertThat(list.refusal(new StatusEntry("suspension", 8, LIST), issuer))
                .hasValueSatisfying(why -> assertThat(why.flaw()).isEqualTo(Flaw.STATUS_INVALID));
        assertThat(list.refusal(new StatusEntry("revocation", 131_072, LIST), issuer))
                .hasValueSatisfying(why -> assertThat(why.flaw()).isEqualTo(Flaw.STATUS_INVALID));
        // A list of somebody else in which nothing is revoked.
        var friendly = list(OTHER, Map.of(), LIST);
        assertThat(friendly.refusal(entry, issuer).orElseThrow().flaw())
                .isEqualTo(Flaw.STATUS_INVALID);
    }

    @Test
    void aTokenStatusListTellsTheSame() {
        var uri = "https://status.example/1";
        var until = NOW.plusSeconds(900);
        var token =
                TokenStatusList.sign(
                        uri,
                        new StatusList(Map.of(1, Status.REVOKED, 2, Status.SUSPENDED)),
                        NOW,
                        until,
                        Duration.ofMinutes(1),
                        ISSUER.did().keyId(),
                        ISSUER);
        var read = TokenStatusList.verify(token, uri, METHODS, NOW);
        assertThat(read).isInstanceOf(TokenStatusList.Read.class);
        var list = ((TokenStatusList.Read) read).list();
        var issuer = ISSUER.did().value();
        assertThat(list.refusal(0, issuer)).isEmpty();
        assertThat(list.refusal(1, issuer).orElseThrow().flaw()).isEqualTo(Flaw.REVOKED);
        assertThat(list.refusal(2, issuer).orElseThrow().flaw()).isEqualTo(Flaw.SUSPENDED);
        assertThat(list.refusal(0, OTHER.did().value()).orElseThrow().flaw())
                .isEqualTo(Flaw.STATUS_INVALID);
        assertThat(TokenStatusList.verify(token, uri + "0", METHODS, NOW))
                .isInstanceOf(TokenStatusList.Unreadable.class);
        assertThat(TokenStatusList.verify(token, uri, METHODS, until))
                .isInstanceOf(TokenStatusList.Unreadable.class);
    }
}
