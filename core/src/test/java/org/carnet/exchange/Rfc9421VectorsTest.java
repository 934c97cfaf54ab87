// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// The test vectors of RFC 9421 appendix B for the two algorithms that Carnet speaks, and of RFC 9530 appendix.
class Rfc9421VectorsTest {
    private static final String ED25519_SECRET =
            "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";
    private static final String P256_PUBLIC =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf"
                    + "w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";

    private static final Map<String, String> REQUEST =
            Map.of(
                    "@method", "POST",
                    "@path", "/foo",
                    "@authority", "example.com",
                    "date", "Tue, 20 Apr 2021 02:07:55 GMT",
                    "content-type", "application/json",
                    "content-length", "18");

    private static final Map<String, String> RESPONSE =
            Map.of(
                    "@status",
                    "200",
                    "content-type",
                    "application/json",
                    "content-digest",
                    "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0"
                        + "rjJuahq4l5aGgfLQ==:",
                    "content-length",
                    "23");

    /// Appendix B.2.6; Ed25519 signs the same each time, so it is made as well as checked.
    @Test
    void theRequestSignedWithEd25519() {
        var encoded = Bytes.base64(ED25519_SECRET);
        var key = SigningKey.of(Algorithm.ED25519, encoded.slice(16, 48));
        var input =
                SignatureInput.parse(
                        "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\""
                            + " \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"");
        assertThat(HttpSignature.base(input, REQUEST::get).toUtf8())
                .isEqualTo(
                        """
                        "date": Tue, 20 Apr 2021 02:07:55 GMT
                        "@method": POST
                        "@path": /foo
                        "@authority": example.com
                        "content-type": application/json
                        "content-length": 18
                        "@signature-params": ("date" "@method" "@path" "@authority" "content-type" \
                        "content-length");created=1618884473;keyid="test-key-ed25519\"\
                        """);
        assertThat(HttpSignature.sign(input, REQUEST::get, key).toBase64())
                .isEqualTo(
                        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lI"
                            + "p5WPpBKRCw==");
    }

    /// Appendix B.2.4.
    @Test
    void theResponseSignedWithEcdsaP256() {
        var point = Bytes.base64(P256_PUBLIC).slice(26, 91);
        var compressed = new byte[33];
        compressed[0] = (byte) (2 + (point.at(64) & 1));
        System.arraycopy(point.toArray(), 1, compressed, 1, 32);
        var key = VerificationKey.of(DidKey.of(Algorithm.P256, Bytes.unsafe(compressed)));
        var input =
                SignatureInput.parse(
                        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
                                + ";created=1618884473;keyid=\"test-key-ecc-p256\"");
        var signature =
                Bytes.base64(
                        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkL"
                            + "Ij+32oiasw==");
        assertThat(HttpSignature.holds(input, RESPONSE::get, signature, key)).isTrue();
        var other = SignatureInput.parse(input.text().replace("1618884473", "1618884474"));
        assertThat(HttpSignature.holds(other, RESPONSE::get, signature, key)).isFalse();
    }

    /// RFC 9530 appendix D: the digest of the body `{"hello": "world"}` and a line feed.
    @Test
    void theDigestOfABody() {
        assertThat(ContentDigest.of(Bytes.utf8("{\"hello\": \"world\"}\n")).field())
                .isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(\"a\" \"a\")",
                "(\"a\"  \"b\")",
                "( \"a\")",
                "(\"a\";sf)",
                "(\"A\")",
                "(\"a\");created=1;created=2",
                "(\"a\");created=01",
                "(\"a\");created=-1",
                "(\"a\");nonce=\"a\\\"b\"",
                "(\"a\");nonce=abc",
                "(\"a\"); created=1",
                "(\"a\");created=1;",
                "(\"a\")x"
            })
    void anyOtherFormOfTheInputIsRefused(String text) {
        assertThatThrownBy(() -> SignatureInput.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCoveredComponentHasToBeThereAndToBeOneLine() {
        var input = SignatureInput.parse("(\"date\")");
        assertThatThrownBy(() -> HttpSignature.base(input, name -> null))
                .hasMessage("the message has no usable date");
        assertThatThrownBy(() -> HttpSignature.base(input, name -> "a\n\"@method\": DELETE"))
                .hasMessage("the message has no usable date");
    }
}
