// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two COSE_Sign1 of the COSE working group (cose-wg/Examples, eddsa-sig-01 and ecdsa-sig-01, BSD-3-Clause).
class PublishedCoseTest {
    private static final byte[] CONTENT = Bytes.utf8("This is the content.").toArray();

    @ParameterizedTest
    @CsvSource({
        "ED25519, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, a201270300,"
                + "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb87"
                + "11497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d",
        "P256, 02bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff, a201260300,"
                + "eae868ecc176883766c5dc5ba5b8dca25dab3c2e56a551ce5705b793914348e1"
                + "72727f48461fabbba2e343492ddecac3983686250bc68e9f1a7a07d41225b59f"
    })
    void publishedSignaturesVerify(
            Algorithm algorithm, String key, String protectedHeader, String signature) {
        var signed = CosePack.toBeSigned(Bytes.hex(protectedHeader).toArray(), CONTENT);
        assertThat(Bytes.copyOf(signed).toHex())
                .isEqualTo(
                        "846a5369676e61747572653145"
                                + protectedHeader
                                + "4054"
                                + Bytes.copyOf(CONTENT).toHex());
        var verifier = VerificationKey.of(DidKey.of(algorithm, Bytes.hex(key)));
        assertThat(verifier.verify(signed, Bytes.hex(signature).toArray())).isTrue();
    }
}
