// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Jws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

class SignedPackTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
    private static final SigningKey ED25519 = key(Algorithm.ED25519, "11");
    private static final SigningKey P256 = key(Algorithm.P256, "22");
    private static final List<Reading> READINGS =
            List.of(new Reading("level", NOW, new Value.Quantity(42), "%EL"));

    private static SigningKey key(Algorithm algorithm, String octet) {
        return SigningKey.of(algorithm, Bytes.hex(octet.repeat(32)));
    }

    /// In every case `@` stands for the DID of an Ed25519 key and `#` for that of a P-256 key.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1}",
                "{\"alg\":\"Ed25519\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1}",
                "{\"alg\":\"ES256\",\"kid\":\"#\",\"cty\":\"senml+xml\",\"seq\":1,\"iat\":1.25}",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":9007199254740991,\"iat\":1,"
                    + "\"sub\":\"#\",\"typ\":\"JOSE\"}",
                "{ \"iat\" : 1e9, \"seq\": 1, \"cty\": \"senml+json\", \"kid\": \"@\", \"alg\":"
                        + " \"EdDSA\" }"
            })
    void headersInAnyOrderAreTaken(String header) {
        assertThat(decode(header)).isInstanceOf(SignedPack.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"alg\":\"none\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " unsupported-algorithm",
                "{\"alg\":\"HS256\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " unsupported-algorithm",
                "{\"alg\":\"ES384\",\"kid\":\"#\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " unsupported-algorithm",
                "{\"alg\":\"eddsa\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " unsupported-algorithm",
                "{\"alg\":\"ES256\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"#\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"seq\":1,\"iat\":1} | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"x\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@#k\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":0,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":-1,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1.0,\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":\"1\",\"iat\":1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":9007199254740992,\"iat\":1}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":99999999999999999999,\"iat\":1}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":-1} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1e20} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":\"1\"} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"sub\":\"x\"}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"seq\":2}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"crit\":[\"b64\"],\"b64\":false}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"jwk\":{}}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"jku\":\"\"}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1,\"x5c\":[]}"
                    + " | malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1}{} |"
                        + " malformed-envelope",
                "{\"alg\":\"EdDSA\",\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1 |"
                        + " malformed-envelope",
                "{\"alg\":[\"EdDSA\"],\"kid\":\"@\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1} |"
                        + " malformed-envelope"
            })
    void headersAreRefusedForWhatIsWrong(String header, String slug) {
        assertThat(reason(decode(header))).isEqualTo(slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e",
                "eyJ",
                "e..",
                "eyJ9.e30",
                "eyJ9.e30.AA.AA",
                "eyJ9.e30.AA=",
                "eyJ9.e30.AB",
                "eyJ9.e3 0.AA",
                "eyJ9.e30.A",
                "{}",
                "\n",
                ""
            })
    void whatIsNotACompactJwsIsRefused(String raw) {
        assertThat(reason(SignedPack.decode(Bytes.utf8(raw)))).isEqualTo("malformed-envelope");
    }

    /// In every case `K` stands for the kid field, and what is given for the rest of the array of four.
    @ParameterizedTest
    @CsvSource({
        "84 H a0 40, malformed-envelope", // no signature
        "85 H a0 40 40 40, malformed-envelope",
        "84 H a0 40 40 00, malformed-envelope", // bytes after the end
        "84 H a10126 40 40, malformed-envelope", // something not protected
        "84 H a0 f6 40, malformed-envelope", // a detached payload
        "d1 84 H a0 40 40, malformed-envelope",
        "d28443a0a0a0 a0 40 40, malformed-envelope",
        "84 40 a0 40 40, malformed-envelope",
        "84 a0 a0 40 40, malformed-envelope",
        "9f H a0 40 40 ff, malformed-envelope"
    })
    void whatIsNotACoseSign1IsRefused(String hex, String slug) {
        var header = cose("A5 01 27 03 1870 K 0F A1 06 01 3A00010000 01");
        var whole = hex.replace("H", bstr(header)).replace(" ", "");
        assertThat(reason(SignedPack.decode(Bytes.hex(whole)))).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({
        "A5 01 27 03 1870 K 0F A1 06 01 3A00010000 01, -",
        "A5 01 32 03 1870 K 0F A1 06 FB41DA000000000000 3A00010000 01, -",
        "A5 3A00010000 01 0F A1 06 01 K 03 1870 01 27, -",
        "A5 01 26 03 1870 K 0F A1 06 01 3A00010000 01, malformed-envelope", // ES256, an Ed25519 key
        "A5 01 05 03 1870 K 0F A1 06 01 3A00010000 01, unsupported-algorithm",
        "A5 01 3B00000000FFFFFFF7 03 1870 K 0F A1 06 01 3A00010000 01, unsupported-algorithm",
        "A4 03 1870 K 0F A1 06 01 3A00010000 01, unsupported-algorithm", // no algorithm
        "A5 01 27 03 00 K 0F A1 06 01 3A00010000 01, malformed-envelope",
        "A4 01 27 K 0F A1 06 01 3A00010000 01, malformed-envelope",
        "A4 01 27 03 1870 0F A1 06 01 3A00010000 01, malformed-envelope",
        "A4 01 27 03 1870 K 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A0 3A00010000 01, malformed-envelope",
        "A4 01 27 03 1870 K 0F A1 06 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A1 06 01 3A00010000 00, malformed-envelope",
        "A5 01 27 03 1870 K 0F A1 06 01 3A00010000 20, malformed-envelope",
        "A5 01 27 03 1870 K 0F A1 06 F97E00 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A1 06 20 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A2 06 01 06 01 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A2 06 01 04 01 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 K 0F A2 06 01 02 6178 3A00010000 01, malformed-envelope",
        "A6 01 27 01 27 03 1870 K 0F A1 06 01 3A00010000 01, malformed-envelope",
        "A6 01 27 03 1870 K 0F A1 06 01 3A00010000 01 02 81 04, malformed-envelope", // crit
        "A6 01 27 03 1870 K 0F A1 06 01 3A00010000 01 6161 01, malformed-envelope",
        "A5 01 27 03 1870 04 4178 0F A1 06 01 3A00010000 01, malformed-envelope",
        "A5 01 27 03 1870 04 41FF 0F A1 06 01 3A00010000 01, malformed-envelope",
        "BF 01 27 03 1870 K 0F A1 06 01 3A00010000 01 FF, malformed-envelope"
    })
    void coseHeadersAreJudged(String header, String slug) {
        var decoding = SignedPack.decode(Bytes.hex("84" + bstr(cose(header)) + "a04040"));
        if (slug.equals("-")) assertThat(decoding).isInstanceOf(SignedPack.class);
        else assertThat(reason(decoding)).isEqualTo(slug);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void anyChangedByteIsNoticed(Form form) {
        var raw = Signer.sign(ED25519, form, ED25519.did(), 7, NOW, READINGS).toArray();
        var key = VerificationKey.of(ED25519.did());
        for (int i = 0; i < raw.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = raw.clone();
                changed[i] ^= (byte) (1 << bit);
                if (SignedPack.decode(Bytes.copyOf(changed)) instanceof SignedPack pack)
                    assertThat(pack.verify(key)).as("byte %s", i).isInstanceOf(Refused.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void onlyTheSignersKeyVerifies(Form form) {
        var pack = pack(Signer.sign(ED25519, form, ED25519.did(), 7, NOW, READINGS));
        var other = VerificationKey.of(key(Algorithm.ED25519, "33").did());
        assertThat(reason(pack.verify(other))).isEqualTo("wrong-key");
    }

    @Test
    void aForgedSignatureIsBad() {
        var raw = Signer.sign(ED25519, Form.COSE_SENML_CBOR, ED25519.did(), 7, NOW, READINGS);
        var forged = raw.toArray();
        forged[forged.length - 1] ^= 1;
        var verification = pack(Bytes.copyOf(forged)).verify(VerificationKey.of(ED25519.did()));
        assertThat(reason(verification)).isEqualTo("bad-signature");
    }

    @Test
    void whatIsSignedHasToBeSenmlOfTheThing() {
        var header = "{\"alg\":\"ES256\",\"kid\":\"#\",\"cty\":\"senml+json\",\"seq\":1,\"iat\":1}";
        var senml = Senml.write(Form.JWS_SENML_JSON, ED25519.did(), READINGS).toArray();
        var raw = Jws.sign(filled(header), Bytes.unsafe(senml), P256).unsafeArray();
        var verification = pack(Bytes.copyOf(raw)).verify(VerificationKey.of(P256.did()));
        assertThat(reason(verification)).isEqualTo("malformed-senml");
    }

    @Test
    void aPackIsAtMost64KiB() {
        var most = new byte[SignedPack.MAX_BYTES];
        assertThat(reason(SignedPack.decode(Bytes.copyOf(most)))).isEqualTo("malformed-envelope");
        var more = new byte[SignedPack.MAX_BYTES + 1];
        assertThat(reason(SignedPack.decode(Bytes.copyOf(more)))).isEqualTo("too-large");
        var text = new Reading("label", NOW, new Value.Text("x".repeat(60_000)), "");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Signer.sign(
                                        ED25519,
                                        Form.JWS_SENML_JSON,
                                        ED25519.did(),
                                        1,
                                        NOW,
                                        List.of(text)));
    }

    @Test
    void aRefusalQuotesForeignTextSafely() {
        var decoding = decode("{\"a\\u0000\\u202e" + "x".repeat(100) + "\":1}");
        assertThat(((Refused) decoding).detail())
                .isEqualTo("the header parameter \"a??" + "x".repeat(37) + "…\" is not known");
    }

    private static Decoding decode(String header) {
        return SignedPack.decode(Bytes.utf8(base64Url(filled(header)) + ".W10.AAAA"));
    }

    private static String filled(String header) {
        return header.replace("@", ED25519.did().value())
                .replaceAll("\"#", "\"" + P256.did().value());
    }

    private static String base64Url(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)).toBase64Url();
    }

    private static String cose(String header) {
        var kid = "045838" + Bytes.utf8(ED25519.did().value()).toHex();
        return header.replace("K", kid).replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static String bstr(String hex) {
        return Bytes.copyOf(new CborWriter().bytes(Bytes.hex(hex).toArray()).toBytes()).toHex();
    }

    private static SignedPack pack(Bytes raw) {
        return (SignedPack) SignedPack.decode(raw);
    }

    private static String reason(Object answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused) answer).reason().slug();
    }
}
