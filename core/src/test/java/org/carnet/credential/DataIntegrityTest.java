// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Multibase;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// eddsa-jcs-2022 with the published vectors of W3C, and what is refused.
final class DataIntegrityTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final DataIntegrity CHECK =
            new DataIntegrity(List.of(EddsaJcs.SUITE), VerificationMethods.ofDidKey());
    private static final SigningKey KEY = publishedKey();

    private static String read(String name) {
        try (var in = DataIntegrityTest.class.getResourceAsStream("/di-eddsa/" + name)) {
            return Bytes.unsafe(Objects.requireNonNull(in).readAllBytes()).toUtf8();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode object(String json) {
        return Json.object(Bytes.utf8(json));
    }

    private static SigningKey publishedKey() {
        var pair = object(read("keyPair.json"));
        var coded = Multibase.decode(pair.required("privateKeyMultibase").stringValue());
        return SigningKey.of(Algorithm.ED25519, coded.slice(2, 34));
    }

    private static ObjectNode published() {
        return object(read("eddsa-jcs-2022/signedJCS.json"));
    }

    private static Refused refused(ObjectNode document) {
        return refused(document, ProofExpectation.ASSERTION);
    }

    private static Refused refused(ObjectNode document, ProofExpectation expected) {
        var verdict = CHECK.verify(document, expected, NOW);
        assertThat(verdict).isInstanceOf(Refused.class);
        return (Refused) verdict;
    }

    private static ObjectNode signed(ProofOptions options) {
        return DataIntegrity.sign(object(read("unsigned.json")), EddsaJcs.SUITE, options, KEY);
    }

    private static ProofOptions named(String id, String previous) {
        return new ProofOptions(
                KEY.did().keyId(), ProofOptions.ASSERTION, NOW, null, null, null, id, previous);
    }

    private static ObjectNode proof(ObjectNode document) {
        return (ObjectNode) document.required("proof");
    }

    @Test
    void everyStepOfThePublishedVectorIsMet() {
        var unsigned = object(read("unsigned.json"));
        var options = object(read("eddsa-jcs-2022/proofConfigJCS.json"));
        assertThat(Jcs.canonical(unsigned).toUtf8())
                .isEqualTo(read("eddsa-jcs-2022/canonDocJCS.txt"));
        assertThat(Jcs.canonical(options).toUtf8())
                .isEqualTo(read("eddsa-jcs-2022/proofCanonJCS.txt"));
        assertThat(EddsaJcs.SUITE.hash(unsigned, options).toHex())
                .isEqualTo(read("eddsa-jcs-2022/combinedHashJCS.txt"));
    }

    @Test
    void thePublishedKeySignsThePublishedDocumentAsPublished() {
        var created = Instant.parse("2023-02-24T23:36:38Z");
        var signed = signed(ProofOptions.assertion(KEY.did().keyId(), created));
        assertThat(signed).isEqualTo(published());
    }

    @Test
    void thePublishedDocumentIsVerified() {
        var verdict = CHECK.verify(published(), ProofExpectation.ASSERTION, NOW);
        assertThat(verdict).isInstanceOf(VerifiedDocument.class);
        var verified = (VerifiedDocument) verdict;
        assertThat(verified.document()).isEqualTo(object(read("unsigned.json")));
        assertThat(verified.signedOnlyBy(KEY.did().value())).isTrue();
    }

    @Test
    void aChangedClaimAStrippedClaimAndAnAddedClaimAreRefused() {
        var changed = published();
        ((ObjectNode) changed.required("credentialSubject")).put("alumniOf", "Another School");
        assertThat(refused(changed).flaw()).isEqualTo(Flaw.BAD_SIGNATURE);
        var stripped = published();
        ((ObjectNode) stripped.required("credentialSubject")).remove("alumniOf");
        assertThat(refused(stripped).flaw()).isEqualTo(Flaw.BAD_SIGNATURE);
        var added = published();
        added.put("validUntil", "2999-01-01T00:00:00Z");
        assertThat(refused(added).flaw()).isEqualTo(Flaw.BAD_SIGNATURE);
    }

    @Test
    void theOptionsOfTheProofAreSignedToo() {
        for (var member : List.of("created", "verificationMethod")) {
            var changed = published();
            proof(changed)
                    .put(
                            member,
                            member.equals("created")
                                    ? "2024-02-24T23:36:38Z"
                                    : otherKey().did().keyId());
            assertThat(refused(changed).flaw()).as(member).isEqualTo(Flaw.BAD_SIGNATURE);
        }
    }

    private static SigningKey otherKey() {
        return SigningKey.of(Algorithm.ED25519, Bytes.hex("07".repeat(32)));
    }

    @Test
    void contextsBehindTheSignedOnesAreTakenAway() {
        var more = published();
        more.withArray("@context").add("https://evil.example/context");
        var verdict = CHECK.verify(more, ProofExpectation.ASSERTION, NOW);
        assertThat(((VerifiedDocument) verdict).document())
                .isEqualTo(object(read("unsigned.json")));
    }

    @Test
    void contextsBeforeTheSignedOnesAreRefused() {
        var more = published();
        more.withArray("@context").insert(0, "https://evil.example/context");
        assertThat(refused(more).flaw()).isEqualTo(Flaw.WRONG_CONTEXT);
    }

    @Test
    void aProofForAnotherPurposeIsRefused() {
        var authentication =
                signed(
                        ProofOptions.authentication(
                                KEY.did().keyId(), NOW, "https://arcadia.example", "n-1"));
        assertThat(refused(authentication).flaw()).isEqualTo(Flaw.WRONG_PURPOSE);
    }

    @Test
    void aProofForAnotherDomainOrOverAnotherChallengeIsRefused() {
        var shown =
                signed(
                        ProofOptions.authentication(
                                KEY.did().keyId(), NOW, "https://arcadia.example", "n-1"));
        var right =
                new ProofExpectation(ProofOptions.AUTHENTICATION, "https://arcadia.example", "n-1");
        assertThat(CHECK.verify(shown, right, NOW)).isInstanceOf(VerifiedDocument.class);
        var elsewhere =
                new ProofExpectation(ProofOptions.AUTHENTICATION, "https://agora.example", "n-1");
        assertThat(refused(shown, elsewhere).flaw()).isEqualTo(Flaw.WRONG_DOMAIN);
        var replayed =
                new ProofExpectation(ProofOptions.AUTHENTICATION, "https://arcadia.example", "n-2");
        assertThat(refused(shown, replayed).flaw()).isEqualTo(Flaw.WRONG_CHALLENGE);
    }

    @Test
    void anExpiredProofIsRefused() {
        var options =
                new ProofOptions(
                        KEY.did().keyId(),
                        ProofOptions.ASSERTION,
                        null,
                        NOW,
                        null,
                        null,
                        null,
                        null);
        assertThat(refused(signed(options)).flaw()).isEqualTo(Flaw.EXPIRED);
        assertThat(CHECK.verify(signed(options), ProofExpectation.ASSERTION, NOW.minusSeconds(1)))
                .isInstanceOf(VerifiedDocument.class);
    }

    @Test
    void aDocumentWithoutProofOrWithAForeignOneIsRefused() {
        var none = published();
        none.remove("proof");
        assertThat(refused(none).flaw()).isEqualTo(Flaw.NO_PROOF);
        var foreign = published();
        proof(foreign).put("cryptosuite", "none");
        assertThat(refused(foreign).flaw()).isEqualTo(Flaw.UNKNOWN_CRYPTOSUITE);
        var typed = published();
        proof(typed).put("type", "Ed25519Signature2020");
        assertThat(refused(typed).flaw()).isEqualTo(Flaw.UNKNOWN_CRYPTOSUITE);
    }

    @Test
    void aProofValueThatIsNotTheOneTextOfASignatureIsRefused() {
        var good = proof(published()).required("proofValue").stringValue();
        for (var bad :
                List.of(
                        "",
                        good.substring(1),
                        "u" + Multibase.decode(good).toBase64Url(),
                        good + "1",
                        "z1" + good.substring(1),
                        good + " ",
                        "z" + good.substring(1).replace('H', '0'))) {
            var changed = published();
            proof(changed).put("proofValue", bad);
            assertThat(refused(changed).flaw()).as(bad).isEqualTo(Flaw.MALFORMED_PROOF);
        }
    }

    @Test
    void aKeyOfAnotherCurveOrNameIsRefused() {
        var p256 = SigningKey.of(Algorithm.P256, Bytes.hex("05".repeat(32)));
        assertThatThrownBy(
                        () ->
                                DataIntegrity.sign(
                                        published(),
                                        EddsaJcs.SUITE,
                                        ProofOptions.assertion(p256.did().keyId(), NOW),
                                        p256))
                .hasMessageContaining("Ed25519");
        var changed = published();
        proof(changed).put("verificationMethod", p256.did().keyId());
        assertThat(refused(changed).flaw()).isEqualTo(Flaw.NO_KEY);
        proof(changed).put("verificationMethod", KEY.did().value() + "#key-1");
        assertThat(refused(changed).flaw()).isEqualTo(Flaw.NO_KEY);
    }

    @Test
    void everyProofOfASetHasToHold() {
        var other = otherKey();
        var both =
                DataIntegrity.sign(
                        published(),
                        EddsaJcs.SUITE,
                        ProofOptions.assertion(other.did().keyId(), NOW),
                        other);
        var verified = (VerifiedDocument) CHECK.verify(both, ProofExpectation.ASSERTION, NOW);
        assertThat(verified.signatures()).hasSize(2);
        assertThat(verified.signedOnlyBy(KEY.did().value())).isFalse();
        ((ObjectNode) both.required("proof").required(1)).put("created", "2024-01-01T00:00:00Z");
        assertThat(refused(both).flaw()).isEqualTo(Flaw.BAD_SIGNATURE);
    }

    @Test
    void aProofThatBuildsOnAnotherCoversItAndMissesIt() {
        var first = signed(named("urn:uuid:9b9ea4c8-3c2b-4fbc-a3d4-e39a4d9b5f01", null));
        var chain =
                DataIntegrity.sign(
                        first,
                        EddsaJcs.SUITE,
                        named(null, "urn:uuid:9b9ea4c8-3c2b-4fbc-a3d4-e39a4d9b5f01"),
                        KEY);
        assertThat(CHECK.verify(chain, ProofExpectation.ASSERTION, NOW))
                .isInstanceOf(VerifiedDocument.class);
        var alone = chain.deepCopy();
        alone.set("proof", chain.required("proof").required(1).deepCopy());
        assertThat(refused(alone).flaw()).isEqualTo(Flaw.PREVIOUS_PROOF_MISSING);
        // Another proof under the same name, good by itself, is not the one that was covered.
        var swapped = chain.deepCopy();
        var later =
                signed(
                        new ProofOptions(
                                KEY.did().keyId(),
                                ProofOptions.ASSERTION,
                                NOW.plusSeconds(1),
                                null,
                                null,
                                null,
                                "urn:uuid:9b9ea4c8-3c2b-4fbc-a3d4-e39a4d9b5f01",
                                null));
        swapped.withArray("proof").set(0, proof(later));
        assertThat(refused(swapped).flaw()).isEqualTo(Flaw.BAD_SIGNATURE);
    }
}
