// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;

/// An Entity Attestation Token as it arrived: well formed, and its claims not yet believed.
///
/// It is a JWT, or a CWT in a COSE_Sign1; both say the same ([Eat]) and are recognised by their first byte.
final class EatToken {
    static final int LONGEST = 8 * 1024;

    /// The forms of a token.
    enum Form {
        JWT,
        CWT
    }

    private final Eat claims;
    private final Algorithm algorithm;
    private final byte[] signed;
    private final byte[] signature;

    EatToken(Eat claims, Algorithm algorithm, byte[] signed, byte[] signature) {
        this.claims = claims;
        this.algorithm = algorithm;
        this.signed = signed;
        this.signature = signature;
    }

    static EatToken parse(Bytes token) throws AttestationFlawed {
        if (token.length() > LONGEST) throw malformed("a token has at most " + LONGEST + " bytes");
        return switch (token.length() == 0 ? 0 : token.at(0)) {
            case 'e' -> EatJwt.parse(token);
            case (byte) 0x84, (byte) 0xd2, (byte) 0xd8 -> EatCwt.parse(token);
            default -> throw malformed("neither a JWT nor a CWT in a COSE_Sign1");
        };
    }

    static Bytes sign(Form form, Eat claims, SigningKey key) {
        return switch (form) {
            case JWT -> EatJwt.sign(claims, key);
            case CWT -> EatCwt.sign(claims, key);
        };
    }

    Eat claims() {
        return claims;
    }

    /// A key is for one algorithm: a token that names the other one is not that key's.
    boolean isSignedBy(DidKey key) {
        return key.algorithm() == algorithm && VerificationKey.of(key).verify(signed, signature);
    }

    static AttestationFlawed malformed(String why) {
        return new AttestationFlawed(AttestationFlaw.MALFORMED_TOKEN, why);
    }

    static AttestationFlawed unsupported(String algorithm) {
        return new AttestationFlawed(
                AttestationFlaw.UNSUPPORTED_ALGORITHM, "the algorithm is " + algorithm);
    }
}
