// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.function.UnaryOperator;

/// Keys as JSON, and what somebody would like to pass as one.
class JwkTest {
    private static SigningKey key(Algorithm algorithm) {
        var secret = new byte[32];
        secret[31] = 9;
        return SigningKey.of(algorithm, Bytes.unsafe(secret));
    }

    private static ObjectNode jwk(Algorithm algorithm) {
        var jwk = Json.object();
        Jwk.members(key(algorithm).did()).forEach(jwk::put);
        return jwk;
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aKeyComesBackFromItsMembersWhateverStandsBesideThem(Algorithm algorithm) {
        var jwk = jwk(algorithm).put("kid", "other").put("use", "enc");
        assertThat(Jwk.parse(jwk)).isEqualTo(key(algorithm).did());
        var message = Bytes.utf8("message").toArray();
        assertThat(Jwk.key(jwk).verify(message, key(algorithm).sign(message))).isTrue();
    }

    /// The example of RFC 8037 section A.3.
    @Test
    void theThumbprintIsThatOfTheStandard() {
        var x = Bytes.base64Url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(Jwk.thumbprint(DidKey.of(Algorithm.ED25519, x)))
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /// An x that is on the curve with a y that is not: two programs would read two keys.
    @Test
    void aPointThatIsNotOnTheCurveIsRefused() {
        var y = Bytes.base64Url(jwk(Algorithm.P256).path("y").stringValue()).toArray();
        y[0] ^= 1;
        assertRefused(Algorithm.P256, it -> it.put("y", Bytes.unsafe(y).toBase64Url()));
        var x = new byte[32];
        x[31] = 5;
        assertRefused(Algorithm.P256, it -> it.put("x", Bytes.unsafe(x).toBase64Url()));
    }

    @Test
    void whatIsNoPublicKeyOfOursIsRefused() {
        for (var algorithm : Algorithm.values()) {
            assertRefused(algorithm, it -> it.put("d", "AAAA"));
            assertRefused(algorithm, it -> it.put("kty", "oct"));
            assertRefused(algorithm, it -> it.put("crv", "P-384"));
            assertRefused(algorithm, it -> it.put("x", it.path("x").stringValue() + "="));
            assertRefused(algorithm, it -> it.put("x", "AAAA"));
            assertRefused(algorithm, it -> without(it, "x"));
        }
        assertRefused(Algorithm.P256, it -> without(it, "y"));
        assertRefused(Algorithm.ED25519, it -> it.put("kty", "EC"));
    }

    /// The last digit of 32 bytes has two bits that mean nothing.
    @Test
    void noOtherTextStandsForTheSameKey() {
        var x = jwk(Algorithm.ED25519).path("x").stringValue();
        char last = x.charAt(x.length() - 1);
        assertRefused(
                Algorithm.ED25519,
                it -> it.put("x", x.substring(0, x.length() - 1) + (char) (last + 1)));
    }

    private static ObjectNode without(ObjectNode jwk, String member) {
        jwk.remove(member);
        return jwk;
    }

    private static void assertRefused(Algorithm algorithm, UnaryOperator<ObjectNode> change) {
        var changed = change.apply(jwk(algorithm));
        assertThatThrownBy(() -> Jwk.parse(changed)).isInstanceOf(IllegalArgumentException.class);
    }
}
