// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.credential.SdJwtIssuance;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.Set;

/// Copies of a credential as an issuer would make them that leaves a defence out: whoever compares them finds it.
final class SightingsTest {
    private static final Random RANDOM = new Random(11);
    private static final SigningKey ISSUER = key();
    private static final long DAY = 1_795_132_800;

    private static SigningKey key() {
        return SigningKey.of(Algorithm.ED25519, random(32));
    }

    private static Bytes random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    /// What a copy has of its own; a defence is left out where two get the same.
    private record Made(SigningKey key, Bytes salt, int index, long from, String thing) {
        static Made anew() {
            return new Made(
                    SightingsTest.key(),
                    random(16),
                    10_000 + RANDOM.nextInt(100_000),
                    DAY,
                    SightingsTest.key().did().value());
        }

        Sightings seen() {
            var claims = Json.object().put("iss", "did:web:agora.example");
            claims.put("vct", "AvatarCredential").put("nbf", from).put("exp", from + 86_400 * 30);
            var jwk = claims.putObject("cnf").putObject("jwk");
            Jwk.members(key.did()).forEach(jwk::put);
            claims.putObject("status").putObject("status_list").put("idx", index);
            claims.put("thing", thing);
            var issuance =
                    new SdJwtIssuance(
                            ISSUER,
                            "did:web:agora.example#key",
                            bytes -> System.arraycopy(salt.toArray(), 0, bytes, 0, bytes.length));
            var sightings = new Sightings();
            sightings.add(issuance.issue(claims, Set.of("/thing"), 0).text());
            return sightings;
        }
    }

    /// What the two copies share beside what any two share.
    private static Set<String> links(Made one, Made other) {
        var links = one.seen().shared(other.seen());
        links.removeAll(Made.anew().seen().shared(Made.anew().seen()));
        return links;
    }

    @Test
    void nothingLinksCopiesThatAreDrawnAnew() {
        assertThat(links(Made.anew(), Made.anew())).isEmpty();
    }

    @Test
    void aSaltAKeyAnIndexATimeOrAnIdentifierThatTwoCopiesShareIsFound() {
        var one = Made.anew();
        var other = Made.anew();
        assertThat(links(one, new Made(other.key, one.salt, other.index, DAY, other.thing)))
                .isNotEmpty();
        assertThat(links(one, new Made(one.key, other.salt, other.index, DAY, other.thing)))
                .isNotEmpty();
        assertThat(links(one, new Made(other.key, other.salt, one.index, DAY, other.thing)))
                .containsExactly("number " + one.index);
        assertThat(links(one, new Made(other.key, other.salt, other.index, DAY, one.thing)))
                .isNotEmpty();
        var late = new Made(one.key, one.salt, one.index, DAY + 4711, one.thing);
        assertThat(
                        links(
                                late,
                                new Made(
                                        other.key,
                                        other.salt,
                                        other.index,
                                        DAY + 4711,
                                        other.thing)))
                .contains("second " + (DAY + 4711));
    }

    @Test
    void aKeyIsFoundInWhateverFormItStands() {
        var key = key().did();
        var multibase = new Sightings();
        multibase.add("{\"id\":\"" + key.value() + "\"}");
        for (var form :
                new String[] {
                    "{\"x\":\"" + key.publicKey().toBase64Url() + "\"}",
                    "\\\\x" + key.publicKey().toHex(),
                    "sha-256=:" + key.publicKey().toBase64() + ":",
                    Bytes.utf8("{\"did\":\"" + key.value() + "\"}").toBase64Url()
                }) {
            var other = new Sightings();
            other.add(form);
            assertThat(multibase.shared(other)).as(form).isNotEmpty();
        }
    }
}
