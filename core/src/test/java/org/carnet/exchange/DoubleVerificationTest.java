// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.KeyBinding;
import org.carnet.credential.SdJwt;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.did.DidDocument;
import org.carnet.did.DidHistory;
import org.carnet.did.DidWebvh;
import org.carnet.did.HistoryReader;
import org.carnet.did.HistoryWriter;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A platform introduces an avatar of its own, and whoever stands in between or lies tries everything else.
class DoubleVerificationTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TARGET = "https://arcadia.example/platforms/introductions";
    private static final String ARCADIA =
            "did:webvh:Qm11111111111111111111111111111111111111111111:arcadia.example";
    private static final Bytes BODY = Bytes.utf8("{\"purpose\":\"visit\"}");
    private static final Bytes OTHER = Bytes.utf8("{\"purpose\":\"theft\"}");
    private static final Random RANDOM = new Random(7);

    private static final SigningKey AGORA_KEY = key(1);
    private static final SigningKey ROGUE_KEY = key(2);
    private static final SigningKey AVATAR_KEY = key(3);
    private static final DidDocument AGORA = platform("agora.example", AGORA_KEY);
    private static final DidDocument ROGUE = platform("rogue.example", ROGUE_KEY);

    private final Set<String> used = new HashSet<>();
    private final Set<String> certified = new HashSet<>(Set.of(AGORA.id()));

    private static SigningKey key(int seed) {
        var secret = new byte[32];
        secret[5] = (byte) seed;
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    private static DidDocument platform(String host, SigningKey key) {
        var log = HistoryWriter.create(host, key, key(99).did(), NOW.minusSeconds(1000));
        var did = DidWebvh.parse(Json.object(log).get("state").get("id").stringValue());
        return ((DidHistory) HistoryReader.read(did, log, null, NOW)).document();
    }

    private static PlatformRequest.Platform agora() {
        return new PlatformRequest.Platform(AGORA_KEY, keyId(AGORA, AGORA_KEY), "certificate");
    }

    private static String keyId(DidDocument platform, SigningKey key) {
        return HistoryWriter.keyId(DidWebvh.parse(platform.id()), key.did());
    }

    private static SdJwt credential(DidDocument issuer, SigningKey issuerKey) {
        var claims = Json.object();
        claims.put("iss", issuer.id()).put("vct", DoubleVerifier.AVATAR);
        claims.put("exp", NOW.plusSeconds(3600).getEpochSecond());
        var jwk = claims.putObject("cnf").putObject("jwk");
        Jwk.members(AVATAR_KEY.did()).forEach(jwk::put);
        claims.put("owner", "mira");
        return new SdJwtIssuance(issuerKey, keyId(issuer, issuerKey), RANDOM::nextBytes)
                .issue(claims, Set.of("/owner"), 1);
    }

    private static PlatformRequest.Avatar avatar() {
        return new PlatformRequest.Avatar(
                credential(AGORA, AGORA_KEY).showing(Set.of()), AVATAR_KEY);
    }

    private static PlatformRequest introduction(String nonce) {
        return PlatformRequest.sign("POST", TARGET, BODY, ARCADIA, nonce, agora(), avatar(), NOW);
    }

    private ExchangeVerdict verdict(PlatformRequest request) {
        return verdict(request, NOW);
    }

    private ExchangeVerdict verdict(PlatformRequest request, Instant now) {
        var documents = Map.of(AGORA.id(), AGORA, ROGUE.id(), ROGUE);
        return new DoubleVerifier(
                        ARCADIA,
                        did ->
                                documents.containsKey(did)
                                        ? new PlatformKeys.Found(documents.get(did))
                                        : new PlatformKeys.NotFound("nobody knows " + did),
                        (platform, shown, when) ->
                                certified.contains(platform)
                                        ? new CertificationCheck.Certified("did:web:certifier")
                                        : new CertificationCheck.Uncertified("nobody vouches"),
                        (avatar, when) -> null,
                        (platform, nonce, until) -> used.add(platform + " " + nonce),
                        SdJwtVerifier.SignatureCheck.plain())
                .verify(request, now);
    }

    private void assertRefused(PlatformRequest request, ExchangeFlaw flaw) {
        assertThat(verdict(request))
                .isInstanceOfSatisfying(
                        ExchangeRefused.class, it -> assertThat(it.flaw()).isEqualTo(flaw));
    }

    private static PlatformRequest with(
            PlatformRequest request, UnaryOperator<Map<String, String>> change) {
        return new PlatformRequest(
                request.method(),
                request.target(),
                change.apply(new HashMap<>(request.fields())),
                request.body());
    }

    private static PlatformRequest with(PlatformRequest request, String field, String value) {
        return with(
                request,
                fields -> {
                    fields.put(field, value);
                    return fields;
                });
    }

    private static PlatformRequest without(PlatformRequest request, String field) {
        return with(
                request,
                fields -> {
                    fields.remove(field);
                    return fields;
                });
    }

    /// Signed by Agora over these fields, whatever they say.
    private static PlatformRequest resigned(PlatformRequest request) {
        var input =
                SignatureInput.parse(
                        request.fields().get("signature-input").substring("platform=".length()));
        var signature = HttpSignature.sign(input, request::component, AGORA_KEY);
        return with(request, "signature", "platform=:" + signature.toBase64() + ":");
    }

    @Test
    void whatBothProvedIsAccepted() {
        assertThat(verdict(introduction("n1")))
                .isInstanceOfSatisfying(
                        DoublyVerified.class,
                        it -> {
                            assertThat(it.platform()).isEqualTo(AGORA.id());
                            assertThat(it.avatar()).isEqualTo(AVATAR_KEY.did());
                            assertThat(it.credential().text("owner")).isNull();
                            assertThat(it.body()).isEqualTo(BODY);
                        });
    }

    @Test
    void oneProofWithoutTheOtherIsRefused() {
        var request = introduction("n1");
        assertRefused(without(request, "avatar-presentation"), ExchangeFlaw.NO_AVATAR_PROOF);
        assertRefused(without(request, "signature"), ExchangeFlaw.NO_PLATFORM_PROOF);
        assertRefused(without(request, "signature-input"), ExchangeFlaw.NO_PLATFORM_PROOF);
        assertRefused(without(request, "platform-certification"), ExchangeFlaw.UNCERTIFIED);
        // The platform signs, and shows the credential without its holder's proof.
        var stolen = credential(AGORA, AGORA_KEY).text();
        assertRefused(
                resigned(with(request, "avatar-presentation", stolen)),
                ExchangeFlaw.NO_AVATAR_PROOF);
    }

    @Test
    void aSwappedBodyIsRefused() {
        var request = introduction("n1");
        var swapped =
                new PlatformRequest(request.method(), request.target(), request.fields(), OTHER);
        assertRefused(swapped, ExchangeFlaw.BODY_CHANGED);
        assertRefused(
                with(swapped, "content-digest", ContentDigest.of(OTHER).field()),
                ExchangeFlaw.BAD_SIGNATURE);
    }

    /// The platform signs one body and shows what its avatar agreed to for another.
    @Test
    void proofsOverDifferentBodiesAreNotBound() {
        var request = introduction("n1");
        var swapped =
                new PlatformRequest(request.method(), request.target(), request.fields(), OTHER);
        assertRefused(
                resigned(with(swapped, "content-digest", ContentDigest.of(OTHER).field())),
                ExchangeFlaw.NOT_BOUND);
    }

    @Test
    void proofsOfDifferentOccasionsAreNotBound() {
        var other = introduction("n2").fields().get("avatar-presentation");
        assertRefused(
                resigned(with(introduction("n1"), "avatar-presentation", other)),
                ExchangeFlaw.NOT_BOUND);
    }

    @Test
    void anAvatarsProofForSomebodyElseIsRefused() {
        var elsewhere = new KeyBinding("did:web:elsewhere", "n1", NOW, List.of());
        var shown = avatar().shown().bind(AVATAR_KEY, elsewhere).text();
        assertRefused(
                resigned(with(introduction("n1"), "avatar-presentation", shown)),
                ExchangeFlaw.WRONG_AUDIENCE);
        var there =
                PlatformRequest.sign(
                        "POST",
                        TARGET.replace("arcadia", "utopia"),
                        BODY,
                        ARCADIA,
                        "n1",
                        agora(),
                        avatar(),
                        NOW);
        assertRefused(
                new PlatformRequest("POST", TARGET, there.fields(), BODY),
                ExchangeFlaw.BAD_SIGNATURE);
        assertRefused(
                new PlatformRequest("DELETE", TARGET, introduction("n1").fields(), BODY),
                ExchangeFlaw.BAD_SIGNATURE);
    }

    @Test
    void aRequestIsGoodOnce() {
        var request = introduction("n1");
        assertThat(verdict(request)).isInstanceOf(DoublyVerified.class);
        assertRefused(request, ExchangeFlaw.REPLAYED);
        // Another text of the same signature is no other request.
        var signature = request.fields().get("signature");
        assertRefused(
                with(request, "signature", signature.replace("=:", "=: ")), ExchangeFlaw.MALFORMED);
    }

    @Test
    void aRequestIsGoodForTwoMinutes() {
        var request = introduction("n1");
        for (var c :
                Map.of(
                                NOW.plusSeconds(181), ExchangeFlaw.EXPIRED,
                                NOW.minusSeconds(61), ExchangeFlaw.NOT_YET_VALID)
                        .entrySet())
            assertThat(verdict(request, c.getKey()))
                    .isInstanceOfSatisfying(
                            ExchangeRefused.class,
                            it -> assertThat(it.flaw()).isEqualTo(c.getValue()));
        var input = request.fields().get("signature-input");
        var longer = input.replaceFirst("expires=\\d+", "expires=4102444800");
        assertRefused(resigned(with(request, "signature-input", longer)), ExchangeFlaw.EXPIRED);
    }

    @Test
    void anUncertifiedPlatformIsRefusedAndNamed() {
        certified.clear();
        assertThat(verdict(introduction("n1")))
                .isEqualTo(
                        new ExchangeRefused(
                                ExchangeFlaw.UNCERTIFIED, "nobody vouches", AGORA.id()));
    }

    /// A certified platform brings an avatar of another one, credential, proof and all.
    @Test
    void anAvatarOfAnotherPlatformIsRefused() {
        var foreign = new PlatformRequest.Avatar(credential(ROGUE, ROGUE_KEY), AVATAR_KEY);
        assertRefused(
                PlatformRequest.sign("POST", TARGET, BODY, ARCADIA, "n1", agora(), foreign, NOW),
                ExchangeFlaw.FOREIGN_AVATAR);
    }

    @Test
    void aPlatformSpeaksWithAKeyOfItsOwn() {
        var rogue = new PlatformRequest.Platform(ROGUE_KEY, keyId(AGORA, AGORA_KEY), "certificate");
        assertRefused(
                PlatformRequest.sign("POST", TARGET, BODY, ARCADIA, "n1", rogue, avatar(), NOW),
                ExchangeFlaw.BAD_SIGNATURE);
        var borrowed =
                new PlatformRequest.Platform(
                        ROGUE_KEY, AGORA.id() + "#" + ROGUE_KEY.did().value(), "certificate");
        assertRefused(
                PlatformRequest.sign("POST", TARGET, BODY, ARCADIA, "n1", borrowed, avatar(), NOW),
                ExchangeFlaw.UNKNOWN_PLATFORM);
        var nobody = new PlatformRequest.Platform(ROGUE_KEY, "did:web:nobody#key", "certificate");
        assertRefused(
                PlatformRequest.sign("POST", TARGET, BODY, ARCADIA, "n1", nobody, avatar(), NOW),
                ExchangeFlaw.UNKNOWN_PLATFORM);
    }

    /// A signature that leaves something out would let it be exchanged.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@method",
                "@target-uri",
                "content-digest",
                "avatar-presentation",
                "platform-certification"
            })
    void everythingHasToBeCovered(String component) {
        var request = introduction("n1");
        var input = request.fields().get("signature-input");
        var less =
                input.replace(" \"" + component + "\"", "").replace("\"" + component + "\" ", "");
        assertThat(less).isNotEqualTo(input);
        assertRefused(resigned(with(request, "signature-input", less)), ExchangeFlaw.NOT_COVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "carnet-exchange,web-bot-auth,WRONG_TAG",
        ";nonce=\"n1\",'',MALFORMED",
        ";created=,;made=,MALFORMED",
        "platform=,other=,MALFORMED",
        "nonce=\"n1\",nonce=\"\",MALFORMED"
    })
    void aSignatureMadeForSomethingElseIsRefused(String what, String by, ExchangeFlaw flaw) {
        var request = introduction("n1");
        var input = request.fields().get("signature-input");
        assertThat(input).contains(what);
        assertRefused(with(request, "signature-input", input.replace(what, by)), flaw);
    }

    /// What was refused did not use up its nonce, so nobody can spend it for somebody else.
    @Test
    void aRefusedRequestLeavesNoTrace() {
        var request = introduction("n1");
        assertRefused(
                new PlatformRequest("POST", TARGET, request.fields(), OTHER),
                ExchangeFlaw.BODY_CHANGED);
        assertThat(used).isEmpty();
        assertThat(verdict(request)).isInstanceOf(DoublyVerified.class);
    }
}
