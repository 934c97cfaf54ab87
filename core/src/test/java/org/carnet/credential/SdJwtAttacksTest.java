// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a thief, a forger, a greedy verifier and a cheating holder try with credentials, and which rule stops each.
class SdJwtAttacksTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ISSUER = "did:webvh:QmScid:issuer.example";
    private static final String HERE = "did:webvh:QmScid:verifier.example";
    private static final String NONCE = "n-0S6_WzA2Mj";
    private static final String DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final Random RANDOM = new Random(9901);
    private static final SigningKey KEY = key(Algorithm.ED25519, 1);
    private static final SigningKey HOLDER = key(Algorithm.P256, 2);
    private static final SigningKey THIEF = key(Algorithm.P256, 3);

    private static SigningKey key(Algorithm algorithm, int seed) {
        var secret = new byte[32];
        secret[31] = (byte) seed;
        return SigningKey.of(algorithm, Bytes.unsafe(secret));
    }

    private static ObjectNode claims() {
        var claims = Json.object();
        claims.put("iss", ISSUER).put("vct", "AvatarCredential");
        claims.put("nbf", NOW.minus(Duration.ofDays(1)).getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofDays(1)).getEpochSecond());
        var jwk = claims.putObject("cnf").putObject("jwk");
        Jwk.members(HOLDER.did()).forEach(jwk::put);
        claims.put("owner", "mira").put("thing", "watch");
        return claims;
    }

    private static SdJwt issued(ObjectNode claims) {
        return new SdJwtIssuance(KEY, "key-1", RANDOM::nextBytes)
                .issue(claims, Set.of("/owner", "/thing"), 2);
    }

    private static SdJwt shown() {
        return shownAt(NOW);
    }

    private static SdJwt shownAt(Instant when) {
        return issued(claims()).bind(HOLDER, new KeyBinding(HERE, NONCE, when));
    }

    private static SdJwtVerdict verdict(String text, Instant now) {
        return new SdJwtVerifier(
                        "AvatarCredential",
                        (issuer, keyId) ->
                                issuer.equals(ISSUER) && "key-1".equals(keyId)
                                        ? VerificationKey.of(KEY.did())
                                        : null)
                .verify(text, HERE, NONCE, now);
    }

    private static void assertRefused(String text, SdJwtFlaw flaw) {
        assertRefused(verdict(text, NOW), flaw);
    }

    private static void assertRefused(SdJwtVerdict verdict, SdJwtFlaw flaw) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        SdJwtRefused.class, it -> assertThat(it.flaw()).isEqualTo(flaw));
    }

    /// Signed by the issuer, whatever it says.
    private static String forged(String header, String payload) {
        return Jws.sign(header, Bytes.utf8(payload), KEY).toUtf8();
    }

    private static String header(String algorithm) {
        return "{\"alg\":\"%s\",\"typ\":\"dc+sd-jwt\",\"kid\":\"key-1\"}".formatted(algorithm);
    }

    @Test
    void whatIsShownProperlyIsAccepted() {
        assertThat(verdict(shown().text(), NOW)).isInstanceOf(VerifiedSdJwt.class);
        var little = issued(claims()).showing(Set.of("/thing"));
        var bound = little.bind(HOLDER, new KeyBinding(HERE, NONCE, NOW, List.of("digest")));
        assertThat(verdict(bound.text(), NOW))
                .isInstanceOfSatisfying(
                        VerifiedSdJwt.class,
                        it -> {
                            assertThat(it.text("thing")).isEqualTo("watch");
                            assertThat(it.text("owner")).isNull();
                            assertThat(Json.text(it.claims())).doesNotContain("mira", "_sd");
                            assertThat(it.binding()).isNotNull();
                            assertThat(it.binding().transactions()).containsExactly("digest");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "RS256", "ES512", ""})
    void anAlgorithmThatIsNotSpokenIsRefusedWhoeverSigned(String algorithm) {
        var jwt = forged(header(algorithm), Json.text(claims()));
        assertRefused(jwt + "~", SdJwtFlaw.UNSUPPORTED_ALGORITHM);
        var unsigned = jwt.substring(0, jwt.lastIndexOf('.') + 1);
        assertRefused(unsigned + "~", SdJwtFlaw.UNSUPPORTED_ALGORITHM);
    }

    /// The public key as the secret of a MAC: what a verifier that lets the token choose would accept.
    @Test
    void thePublicKeyIsNoSharedSecret() throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.did().publicKey().toArray(), "HMAC"));
        var input =
                Bytes.utf8(header("HS256")).toBase64Url()
                        + "."
                        + Bytes.utf8(Json.text(claims())).toBase64Url();
        var tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        assertRefused(
                input + "." + Bytes.unsafe(tag).toBase64Url() + "~",
                SdJwtFlaw.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void aKeyIsForOneAlgorithm() {
        assertRefused(forged(header("ES256"), Json.text(claims())) + "~", SdJwtFlaw.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\",\"kid\":\"key-2\"}|UNKNOWN_ISSUER",
                "{\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\"}|UNKNOWN_ISSUER",
                "{\"alg\":\"EdDSA\",\"typ\":\"kb+jwt\",\"kid\":\"key-1\"}|WRONG_TYPE",
                "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"key-1\"}|WRONG_TYPE",
                "{\"alg\":\"EdDSA\",\"kid\":\"key-1\"}|MALFORMED",
                "{\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\",\"kid\":\"key-1\",\"jwk\":{}}|MALFORMED",
                "{\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\",\"kid\":\"key-1\",\"crit\":[\"x\"]}|MALFORMED",
                "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\",\"kid\":\"key-1\"}|MALFORMED"
            })
    void aHeaderThatSaysAnythingElseIsRefused(String header, SdJwtFlaw flaw) {
        assertRefused(forged(header, Json.text(claims())) + "~", flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "*", " ", "\n", "A"})
    void noOtherTextStandsForTheSameBytes(String added) {
        var text = shown().text();
        for (int at = 0; at < text.length(); at += 7) {
            var altered = text.substring(0, at) + added + text.substring(at);
            assertThat(verdict(altered, NOW)).isInstanceOf(SdJwtRefused.class);
        }
        assertThat(verdict(text + added, NOW)).isInstanceOf(SdJwtRefused.class);
    }

    /// A lenient decoder would take the padding, and the bits that the last digit of 64 bytes leaves over.
    @Test
    void noOtherTextStandsForTheSameSignature() {
        var text = shown().text();
        assertRefused(text + "==", SdJwtFlaw.MALFORMED);
        int last = DIGITS.indexOf(text.charAt(text.length() - 1));
        assertThat(last % 16).isZero();
        for (int left = 1; left < 16; left++) {
            var other = text.substring(0, text.length() - 1) + DIGITS.charAt(last + left);
            assertRefused(other, SdJwtFlaw.MALFORMED);
        }
    }

    /// The nearest digit stands in for each, which a lenient decoder would not tell apart at the end.
    @Test
    void everyCharacterCounts() {
        var text = shown().text();
        for (int at = 0; at < text.length(); at++) {
            int digit = DIGITS.indexOf(text.charAt(at));
            char other = digit < 0 ? 'B' : DIGITS.charAt(digit ^ 1);
            var altered = text.substring(0, at) + other + text.substring(at + 1);
            assertThat(verdict(altered, NOW)).as("at %d", at).isInstanceOf(SdJwtRefused.class);
        }
    }

    /// A man in the middle takes a disclosure away, doubles one, or changes their order.
    @Test
    void whatTheHolderShowedCannotBeStrippedReorderedOrDoubled() {
        var parts = List.of(shown().text().split("~", -1));
        assertThat(parts).hasSize(4);
        var stripped = List.of(parts.get(0), parts.get(1), parts.get(3));
        assertRefused(String.join("~", stripped), SdJwtFlaw.WRONG_SD_HASH);
        var reordered = new ArrayList<>(parts);
        Collections.swap(reordered, 1, 2);
        assertRefused(String.join("~", reordered), SdJwtFlaw.WRONG_SD_HASH);
        var doubled = new ArrayList<>(parts);
        doubled.add(1, parts.get(1));
        assertRefused(String.join("~", doubled), SdJwtFlaw.DUPLICATE_DISCLOSURE);
        var unbound = String.join("~", parts.subList(0, 3)) + "~";
        assertRefused(unbound, SdJwtFlaw.NO_KEY_BINDING);
    }

    /// The holder adds what the issuer never said, or what it said of somebody else.
    @Test
    void aDisclosureOfOnesOwnBelongsToNothing() {
        var made = Disclosure.of(Bytes.utf8("salt"), "owner", Json.object().stringNode("me"));
        assertRefused(rebound(issued(claims()), made.text()), SdJwtFlaw.UNREFERENCED_DISCLOSURE);
        var others = issued(claims().put("owner", "somebody else")).disclosures().getFirst();
        assertRefused(rebound(issued(claims()), others.text()), SdJwtFlaw.UNREFERENCED_DISCLOSURE);
    }

    private static String rebound(SdJwt credential, String disclosure) {
        var more = SdJwt.parse(credential.text() + disclosure + "~");
        return more.bind(HOLDER, new KeyBinding(HERE, NONCE, NOW)).text();
    }

    /// Rules that only an issuer could break (RFC 9901 section 7.1).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%$%,%_sd_alg%:%md5%|[\"s\",\"a\",1]|UNSUPPORTED_HASH",
                "%$%,%_sd_alg%:%sha-256%|[\"s\",\"_sd\",1]|RESERVED_NAME",
                "%$%|[\"s\",\"...\",1]|RESERVED_NAME",
                "%$%|[\"s\",\"_sd_alg\",1]|RESERVED_NAME",
                "%$%|[\"s\",\"vct\",\"other\"]|NAME_TAKEN",
                "%$%|[\"s\",1]|MISPLACED_DISCLOSURE",
                "%$%,%$%|[\"s\",\"a\",1]|DUPLICATE_DIGEST",
                "%$%|[\"s\",\"a\",{\"_sd\":[\"x\",\"x\"]}]|DUPLICATE_DIGEST",
                "%$%|[\"s\",\"a\",{\"...\":1}]|RESERVED_NAME",
                "%$%|[\"s\",\"a\",{\"_sd\":\"x\"}]|MALFORMED",
                "%$%|[\"s\",\"a\",[{\"...\":\"x\",\"b\":1}]]|MALFORMED",
                "%$%|[\"s\",\"status\",1]|HIDDEN_CLAIM",
                "%$%|[1,\"a\",1]|MALFORMED",
                "%$%|[\"s\",\"a\",1,2]|MALFORMED",
                "%$%|[\"s\",\"a\",{\"b\":1,\"b\":2}]|MALFORMED"
            })
    void anIssuerThatBreaksTheFormatIsRefused(String digests, String disclosure, SdJwtFlaw flaw) {
        var text = Bytes.utf8(disclosure).toBase64Url();
        var sd = digests.replace('%', '"').replace("$", Digest.base64Url(text));
        var more = sd.contains("_sd_alg") ? sd.replace(",\"_sd_alg", "],\"_sd_alg") : sd + "]";
        var payload = Json.text(claims());
        var jwt =
                forged(
                        header("EdDSA"),
                        payload.substring(0, payload.length() - 1) + ",\"_sd\":[" + more + "}");
        assertRefused(jwt + "~" + text + "~", flaw);
    }

    @Test
    void aMisplacedElementIsRefused() {
        var text = Bytes.utf8("[\"s\",\"name\",1]").toBase64Url();
        var claims = claims();
        claims.putArray("list").addObject().put("...", Digest.base64Url(text));
        var jwt = forged(header("EdDSA"), Json.text(claims));
        assertRefused(jwt + "~" + text + "~", SdJwtFlaw.MISPLACED_DISCLOSURE);
    }

    @Test
    void aCredentialIsGoodForItsTimeOnly() {
        var late = NOW.plus(Duration.ofDays(2));
        assertRefused(verdict(shownAt(late).text(), late), SdJwtFlaw.EXPIRED);
        var early = NOW.minus(Duration.ofDays(2));
        assertRefused(verdict(shownAt(early).text(), early), SdJwtFlaw.NOT_YET_VALID);
        var odd = issued(claims().put("exp", "tomorrow"));
        assertRefused(odd.text(), SdJwtFlaw.MALFORMED);
        var never =
                forged(
                        header("EdDSA"),
                        Json.text(claims()).replaceFirst("\"exp\":\\d+", "\"exp\":1e999"));
        assertRefused(never + "~", SdJwtFlaw.MALFORMED);
    }

    @Test
    void anotherKindOfCredentialIsNotTheOneThatWasAskedFor() {
        assertRefused(
                issued(claims().put("vct", "LibraryCard")).text(), SdJwtFlaw.WRONG_CREDENTIAL);
    }

    /// Shown elsewhere, at another time, on another occasion, or by somebody who only copied it.
    @Test
    void aProofIsForOneVerifierOneOccasionAndAFewMinutes() {
        var mine = issued(claims());
        assertRefused(
                mine.bind(HOLDER, new KeyBinding("did:web:elsewhere", NONCE, NOW)).text(),
                SdJwtFlaw.WRONG_AUDIENCE);
        assertRefused(
                mine.bind(HOLDER, new KeyBinding(HERE, "yesterday's", NOW)).text(),
                SdJwtFlaw.WRONG_NONCE);
        for (var when : List.of(NOW.minusSeconds(301), NOW.plusSeconds(61)))
            assertRefused(
                    mine.bind(HOLDER, new KeyBinding(HERE, NONCE, when)).text(),
                    SdJwtFlaw.STALE_KEY_BINDING);
        assertRefused(
                mine.bind(THIEF, new KeyBinding(HERE, NONCE, NOW)).text(),
                SdJwtFlaw.BAD_KEY_BINDING);
        assertRefused(mine.text(), SdJwtFlaw.NO_KEY_BINDING);
    }

    /// The proof of one presentation put behind another.
    @Test
    void aProofBelongsToWhatItWasMadeOver() {
        var one = shown().text();
        var other = shown().text();
        var mixed =
                other.substring(0, other.lastIndexOf('~') + 1)
                        + one.substring(one.lastIndexOf('~') + 1);
        assertRefused(mixed, SdJwtFlaw.WRONG_SD_HASH);
    }

    @ParameterizedTest
    @EnumSource(
            value = SdJwtFlaw.class,
            names = {"UNSUPPORTED_ALGORITHM", "WRONG_TYPE", "BAD_KEY_BINDING"})
    void theProofIsHeldToTheSameRulesAsTheCredential(SdJwtFlaw flaw) {
        var text = shown().text();
        var credential = text.substring(0, text.lastIndexOf('~') + 1);
        var payload = Jws.parse(Bytes.utf8(text.substring(credential.length()))).payload();
        var header =
                switch (flaw) {
                    case UNSUPPORTED_ALGORITHM -> "{\"alg\":\"none\",\"typ\":\"kb+jwt\"}";
                    case WRONG_TYPE -> "{\"alg\":\"ES256\",\"typ\":\"dc+sd-jwt\"}";
                    default -> "{\"alg\":\"EdDSA\",\"typ\":\"kb+jwt\"}";
                };
        assertRefused(credential + Jws.sign(header, payload, HOLDER).toUtf8(), flaw);
    }

    @Test
    void aCredentialWithoutAHoldersKeyProvesNobody() {
        var claims = claims();
        claims.remove("cnf");
        assertRefused(
                issued(claims).bind(HOLDER, new KeyBinding(HERE, NONCE, NOW)).text(),
                SdJwtFlaw.NO_HOLDER_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "a.b.c", "a.b.c~", "a.b.c~~", "e30.e30.e30~", "e30.e30~"})
    void whatIsNoSdJwtIsRefusedAsSuch(String text) {
        assertRefused(text, SdJwtFlaw.MALFORMED);
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertRefused("e".repeat(SdJwt.LONGEST + 1), SdJwtFlaw.MALFORMED);
        assertRefused(
                shown().text().replaceFirst("~", "~W10".repeat(300) + "~"), SdJwtFlaw.MALFORMED);
    }

    @Test
    void aHolderCannotShowWhatIsNotThere() {
        assertThatThrownBy(() -> issued(claims()).showing(Set.of("/secret")))
                .hasMessage("nothing that can be hidden is at /secret");
    }

    /// Two copies for two platforms: nothing in them is equal but what the issuer left plain.
    @Test
    void twoCopiesCannotBeLinkedBySaltDigestOrOrder() {
        var one = Arrays.asList(issued(claims()).text().split("[~.]"));
        var other = issued(claims()).text().split("[~.]");
        assertThat(other[0]).isEqualTo(one.getFirst()); // the header, the same for every credential
        for (int i = 1; i < other.length; i++) assertThat(one).doesNotContain(other[i]);
    }
}
