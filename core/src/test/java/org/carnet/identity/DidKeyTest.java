// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.SecureRandom;

class DidKeyTest {
    /// From the test vectors of the did:key method and of RFC 8032.
    private static final String ED25519 =
            "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

    private static final String P256 = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";

    @ParameterizedTest
    @CsvSource({
        ED25519 + ", ED25519, 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
        P256 + ", P256, 037f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542"
    })
    void publishedIdentifiersGiveTheirKeys(String text, Algorithm algorithm, String key) {
        var did = DidKey.parse(text);
        assertThat(did.algorithm()).isEqualTo(algorithm);
        assertThat(did.publicKey().toHex()).isEqualTo(key);
        assertThat(DidKey.of(algorithm, did.publicKey())).isEqualTo(did);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void everyKeyComesBackFromItsIdentifier(Algorithm algorithm) {
        var random = new SecureRandom();
        for (int i = 0; i < 50; i++) {
            var did = SigningKey.generate(algorithm, random).did();
            assertThat(DidKey.parse(did.value())).isEqualTo(did);
            assertThat(did.algorithm()).isEqualTo(algorithm);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:key:",
                "did:key:z",
                "did:web:example.com",
                "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW", // one digit short
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp", // one too many
                "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", // a leading zero
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0", // no digit
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWé",
                "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#key",
                " did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "DID:KEY:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", // secp256k1
                "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc" // X25519
            })
    void whatIsNotAnIdentifierOfOursIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DidKey.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> new DidKey(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "0200000000000000000000000000000000000000000000000000000000000000", // no point
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" // y beyond p
            })
    void anEd25519KeyThatAnybodyCouldSignForIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DidKey.of(Algorithm.ED25519, Bytes.hex(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", // x is p
                "020000000000000000000000000000000000000000000000000000000000000001", // no point
                "04c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
                "00"
            })
    void aP256KeyThatIsNoPointIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DidKey.of(Algorithm.P256, Bytes.hex(key)));
    }

    @Test
    void theKeyIdRepeatsTheKey() {
        assertThat(new DidKey(ED25519).keyId())
                .isEqualTo(ED25519 + "#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");
    }
}
