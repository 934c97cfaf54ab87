// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.Wycheproof;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What our JWS layer makes of the published tokens.
///
/// Splitting, base64url, header and ES256 are ours. The algorithms that Carnet does not speak are checked by the JDK
/// over what our layer took apart, so that the tokens written with them test our strictness too.
class JwsVectorsTest {
    @Test
    void verdictsAreThePublishedOnes() {
        Wycheproof.agree("json_web_signature_test.json", JwsVectorsTest::accepts);
    }

    /// None of them is an update, whoever signed it.
    @Test
    void noneIsTakenForAnUpdate() {
        for (var c : Wycheproof.cases("json_web_signature_test.json")) {
            var raw = Bytes.utf8(token(c));
            assertThat(SignedPack.decode(raw)).as("%s", c.test()).isInstanceOf(Refused.class);
        }
    }

    private static String token(Wycheproof.Case c) {
        var jws = c.test().get("jws");
        return jws.isString() ? jws.asString() : jws.toString();
    }

    private static boolean accepts(Wycheproof.Case c) {
        var key = c.group().has("public") ? c.group().get("public") : c.group().get("private");
        try {
            var jws = Jws.parse(Bytes.utf8(token(c)));
            var header = JoseHeader.parse(jws.header());
            return header.algorithm().equals(text(key, "alg"))
                    && verifies(header.algorithm(), key, jws);
        } catch (IllegalArgumentException | Malformed | GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean verifies(String algorithm, JsonNode key, Jws jws)
            throws GeneralSecurityException {
        var bits = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "ES" ->
                    p256(key)
                            .verify(
                                    jws.signingInput().unsafeArray(),
                                    jws.signature().unsafeArray());
            case "HS" -> {
                var mac = Mac.getInstance("HmacSHA" + bits);
                mac.init(new SecretKeySpec(bytes(key, "k"), "HMAC"));
                yield MessageDigest.isEqual(
                        mac.doFinal(jws.signingInput().unsafeArray()),
                        jws.signature().unsafeArray());
            }
            case "RS" -> rsa(Signature.getInstance("SHA" + bits + "withRSA"), key, jws);
            default -> {
                var pss = Signature.getInstance("RSASSA-PSS");
                var hash = "SHA-" + bits;
                pss.setParameter(
                        new PSSParameterSpec(
                                hash,
                                "MGF1",
                                new MGF1ParameterSpec(hash),
                                Integer.parseInt(bits) / 8,
                                PSSParameterSpec.TRAILER_FIELD_BC));
                yield rsa(pss, key, jws);
            }
        };
    }

    private static VerificationKey p256(JsonNode key) {
        var compressed = new byte[33];
        compressed[0] = (byte) (2 + (bytes(key, "y")[31] & 1));
        System.arraycopy(bytes(key, "x"), 0, compressed, 1, 32);
        return VerificationKey.of(DidKey.of(Algorithm.P256, Bytes.copyOf(compressed)));
    }

    private static boolean rsa(Signature check, JsonNode key, Jws jws)
            throws GeneralSecurityException {
        var spec =
                new RSAPublicKeySpec(
                        new BigInteger(1, bytes(key, "n")), new BigInteger(1, bytes(key, "e")));
        check.initVerify(KeyFactory.getInstance("RSA").generatePublic(spec));
        check.update(jws.signingInput().unsafeArray());
        return check.verify(jws.signature().unsafeArray());
    }

    private static byte[] bytes(JsonNode key, String member) {
        return Bytes.base64Url(text(key, member)).toArray();
    }

    private static String text(JsonNode key, String member) {
        return key.path(member).asString("");
    }
}
