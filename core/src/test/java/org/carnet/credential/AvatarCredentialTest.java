// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// What a platform says of an avatar, and what two who hear it can compare.
class AvatarCredentialTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:56.789Z");
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final String AGORA = "did:webvh:QmScid:agora.example";
    private static final String ARCADIA = "did:webvh:QmScid:arcadia.example";
    private static final String LIST = "https://agora.example/status/c4RHDoimcveo";
    private static final Random RANDOM = new Random(4);
    private static final SigningKey ISSUER = key();

    private static SigningKey key() {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(secret));
    }

    private static AvatarCredential of(SigningKey avatar, Optional<String> thing) {
        return new AvatarCredential(
                avatar.did(),
                thing,
                key().did().value(),
                thing.map(did -> "walker"),
                AvatarCredential.day(NOW),
                DAY.plus(AvatarCredential.LIFETIME));
    }

    private static SdJwt issue(AvatarCredential credential, int index) {
        var issuance = new SdJwtIssuance(ISSUER, AGORA + "#key", RANDOM::nextBytes);
        return credential.issue(issuance, AGORA, LIST, index);
    }

    private static SdJwtVerdict verdict(String shown) {
        return new SdJwtVerifier(
                        AvatarCredential.TYPE, (issuer, keyId) -> VerificationKey.of(ISSUER.did()))
                .verify(shown, ARCADIA, "nonce", NOW);
    }

    @Test
    void theHolderShowsWhatItChoosesAndTheRestStaysUnknown() {
        var avatar = key();
        var thing = key().did().value();
        var shown =
                issue(of(avatar, Optional.of(thing)), 7)
                        .showing(Set.of("/thing"))
                        .bind(avatar, new KeyBinding(ARCADIA, "nonce", NOW));
        assertThat(verdict(shown.text()))
                .isInstanceOfSatisfying(
                        VerifiedSdJwt.class,
                        it -> {
                            assertThat(it.holder()).isEqualTo(avatar.did());
                            assertThat(it.text("thing")).isEqualTo(thing);
                            for (var hidden : List.of("owner", "avatar", "represents"))
                                assertThat(it.text(hidden)).isNull();
                        });
    }

    @Test
    void onlyTheAvatarsOwnKeyShowsIt() {
        var shown =
                issue(of(key(), Optional.empty()), 7)
                        .showing(Set.of())
                        .bind(key(), new KeyBinding(ARCADIA, "nonce", NOW));
        assertThat(verdict(shown.text()))
                .isInstanceOfSatisfying(
                        SdJwtRefused.class,
                        it -> assertThat(it.flaw()).isEqualTo(SdJwtFlaw.BAD_KEY_BINDING));
    }

    /// Everything in a copy that somebody who got another copy could look for in it.
    private static Set<String> traces(SdJwt copy) {
        var traces = new HashSet<String>();
        var payload = Json.object(copy.jws().payload());
        var texts = new ArrayList<>(payload.findValuesAsString("x"));
        payload.path("_sd").forEach(digest -> texts.add(digest.stringValue()));
        texts.add("index " + payload.findValue("idx"));
        traces.addAll(texts);
        for (var disclosure : copy.disclosures()) {
            traces.add(disclosure.text());
            traces.add(disclosure.value().toString());
            traces.add(Json.tree(Bytes.base64Url(disclosure.text())).get(0).stringValue());
        }
        return traces;
    }

    @Test
    void twoCopiesShareNothingButWhatAllAvatarsOfThatPlatformAndThatDayShare() {
        var one = issue(of(key(), Optional.of(key().did().value())), 7);
        var other = issue(of(key(), Optional.of(key().did().value())), 90_001);
        var shared = new HashSet<>(traces(one));
        shared.retainAll(traces(other));
        // What it represents and the name here are the same: whoever shows them to two is told so.
        assertThat(shared).containsExactlyInAnyOrder("\"thing\"", "\"walker\"");
        assertThat(payload(one).path("nbf")).isEqualTo(payload(other).path("nbf"));
        assertThat(payload(one).path("exp")).isEqualTo(payload(other).path("exp"));
    }

    private static ObjectNode payload(SdJwt credential) {
        return Json.object(credential.jws().payload());
    }

    @Test
    void theNumberOfDigestsDoesNotTellAPersonFromAThing() {
        var person = issue(of(key(), Optional.empty()), 7);
        var thing = issue(of(key(), Optional.of(key().did().value())), 8);
        assertThat(payload(person).path("_sd").size()).isEqualTo(payload(thing).path("_sd").size());
        assertThat(payload(person).propertyNames()).isEqualTo(payload(thing).propertyNames());
    }

    @Test
    void aTimeThatIsNoWholeDayWouldLinkCopiesAndIsRefused() {
        DidKey avatar = key().did();
        assertThatThrownBy(
                        () ->
                                new AvatarCredential(
                                        avatar,
                                        Optional.empty(),
                                        "o",
                                        Optional.empty(),
                                        NOW,
                                        DAY.plus(AvatarCredential.LIFETIME)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
