// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.envelope.CborReader;
import org.carnet.envelope.CborWriter;
import org.carnet.envelope.Malformed;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;

/// A public key in CBOR (COSE_Key, RFC 9052 section 7), as the confirmation of a CWT (RFC 8747 section 3.2).
final class CoseKey {
    private static final long COSE_KEY = 1;
    private static final long KEY_TYPE = 1;
    private static final long OKP = 1;
    private static final long EC2 = 2;
    private static final long CURVE = -1;
    private static final long P256 = 1;
    private static final long ED25519 = 6;
    private static final long X = -2;
    private static final long Y = -3;

    private final CborReader in;
    private long type;
    private long curve;
    private @Nullable Bytes x;
    private @Nullable Bytes y;

    CoseKey(CborReader in) {
        this.in = in;
    }

    DidKey confirmation() throws Malformed {
        if (in.map() != 1 || in.whole() != COSE_KEY)
            throw Malformed.envelope("cnf is not one COSE_Key");
        var seen = new HashSet<Long>();
        for (int left = in.map(); left > 0; left--) {
            long label = in.whole();
            if (!seen.add(label)) throw Malformed.envelope("a label stands twice in the key");
            if (label == KEY_TYPE) type = in.whole();
            else if (label == CURVE) curve = in.whole();
            else if (label == X) x = Bytes.unsafe(in.bytes());
            else if (label == Y) y = Bytes.unsafe(in.bytes());
            else throw Malformed.envelope("the key says more than it is");
        }
        return key();
    }

    private DidKey key() throws Malformed {
        var jwk = Json.object();
        if (type == OKP && curve == ED25519 && x != null && y == null) {
            jwk.put("kty", "OKP").put("crv", "Ed25519");
        } else if (type == EC2 && curve == P256 && x != null && y != null) {
            jwk.put("kty", "EC").put("crv", "P-256").put("y", y.toBase64Url());
        } else {
            throw Malformed.envelope("the key is neither Ed25519 nor P-256");
        }
        return Jwk.parse(jwk.put("x", x.toBase64Url()));
    }

    static void confirm(CborWriter out, DidKey key) {
        boolean okp = key.algorithm() == Algorithm.ED25519;
        var jwk = Jwk.members(key);
        out.map(1).whole(COSE_KEY).map(okp ? 3 : 4);
        out.whole(KEY_TYPE).whole(okp ? OKP : EC2);
        out.whole(CURVE).whole(okp ? ED25519 : P256);
        out.whole(X).bytes(Bytes.base64Url(jwk.getOrDefault("x", "")).unsafeArray());
        if (!okp) out.whole(Y).bytes(Bytes.base64Url(jwk.getOrDefault("y", "")).unsafeArray());
    }
}
