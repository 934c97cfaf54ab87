// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

class GatewayProofTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final String NODE = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    private static final SigningKey GATEWAY = key(Algorithm.ED25519);

    private static SigningKey key(Algorithm algorithm) {
        return SigningKey.of(algorithm, Bytes.hex("44".repeat(32)));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aGatewayProvesItsKey(Algorithm algorithm) {
        var text = GatewayProof.create(key(algorithm), NODE, NOW, "n-1");
        var proof = (GatewayProof) GatewayProof.verify(text, NODE, NOW);
        assertThat(proof.gateway()).isEqualTo(key(algorithm).did());
        assertThat(proof.id()).isEqualTo("n-1");
        assertThat(proof.expires())
                .isEqualTo(NOW.plus(GatewayProof.LIFETIME).plus(GatewayProof.SKEW));
    }

    @ParameterizedTest
    @CsvSource({"PT-1M, true", "PT-1M-0.001S, false", "PT5M59.999S, true", "PT6M, false"})
    void aProofIsGoodForMinutes(Duration later, boolean good) {
        var text = GatewayProof.create(GATEWAY, NODE, NOW, "n-1");
        var admission = GatewayProof.verify(text, NODE, NOW.plus(later));
        if (good) assertThat(admission).isInstanceOf(GatewayProof.class);
        else assertThat(reason(admission)).isEqualTo("clock-skew");
    }

    @Test
    void aProofIsForOneNode() {
        var text = GatewayProof.create(GATEWAY, "did:key:zOther", NOW, "n-1");
        assertThat(reason(GatewayProof.verify(text, NODE, NOW))).isEqualTo("wrong-route");
    }

    @Test
    void aForgedProofIsRefused() {
        var text = GatewayProof.create(GATEWAY, NODE, NOW, "n-1");
        var other = GatewayProof.create(GATEWAY, NODE, NOW, "n-2");
        var forged =
                text.substring(0, text.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertThat(reason(GatewayProof.verify(forged, NODE, NOW))).isEqualTo("bad-signature");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":0,\"exp\":1,\"jti\":\"a\"} | clock-skew",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}"
                        + " | accepted",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795170031,\"jti\":\"a\"}"
                        + " | clock-skew",
                "{\"iss\":\"#\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}"
                        + " | wrong-key",
                "{\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"} |"
                        + " malformed-envelope",
                "{\"iss\":\"@\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"} |"
                        + " malformed-envelope",
                "{\"iss\":\"@\",\"aud\":\"#\",\"exp\":1795169731,\"jti\":\"a\"} |"
                        + " malformed-envelope",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"jti\":\"a\"} |"
                        + " malformed-envelope",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731} |"
                        + " malformed-envelope",
                "{\"iss\":\"@\",\"aud\":[\"#\"],\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}"
                    + " | malformed-envelope",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\",\"x\":1}"
                    + " | malformed-envelope",
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}{}"
                    + " | malformed-envelope",
                "[] | malformed-envelope",
                "`` | malformed-envelope"
            })
    void claimsAreJudged(String claims, String slug) {
        var header =
                "{\"alg\":\"EdDSA\",\"typ\":\"gateway-proof+jwt\",\"kid\":\""
                        + GATEWAY.did()
                        + "\"}";
        assertThat(judge(header, claims)).isEqualTo(slug);
    }

    /// An update, or a token of another kind, is not a proof although its signature is good.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"alg\":\"EdDSA\",\"kid\":\"@\"} | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"@\"} | malformed-envelope",
                "{\"alg\":\"none\",\"typ\":\"gateway-proof+jwt\",\"kid\":\"@\"} |"
                        + " unsupported-algorithm"
            })
    void headersAreJudged(String header, String slug) {
        var claims =
                "{\"iss\":\"@\",\"aud\":\"#\",\"iat\":1795169730,\"exp\":1795169731,\"jti\":\"a\"}";
        assertThat(judge(header, claims)).isEqualTo(slug);
    }

    private static String judge(String header, String claims) {
        var payload = filled(claims).getBytes(StandardCharsets.UTF_8);
        var text = Jws.sign(filled(header), Bytes.unsafe(payload), GATEWAY).toUtf8();
        return reason(GatewayProof.verify(text, NODE, NOW));
    }

    private static String filled(String json) {
        return json.replace("@", GATEWAY.did().value()).replace("#", NODE);
    }

    private static String reason(Admission admission) {
        return switch (admission) {
            case Refused refused -> refused.reason().slug();
            case GatewayProof proof -> "accepted";
        };
    }
}
