// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// The update as a COSE_Sign1 (RFC 9052 section 4.2), with every claim in the protected header.
final class CosePack {
    private static final int COSE_SIGN1 = 18;
    private static final int SENML_CBOR = 112;

    // Header parameters (RFC 9052 section 3.1, RFC 9597); the sequence number has a label for
    // private use.
    private static final long ALGORITHM = 1;
    private static final long CONTENT_TYPE = 3;
    private static final long KEY_ID = 4;
    private static final long CLAIMS = 15;
    private static final long SEQUENCE = -65537;

    // Claims of a CWT (RFC 8392 section 4).
    private static final long SUBJECT = 2;
    private static final long ISSUED_AT = 6;

    // Algorithms by their older names, and by those of RFC 9864 that also say the curve.
    private static final long EDDSA = -8;
    private static final long ED25519 = -19;
    private static final long ES256 = -7;
    private static final long ESP256 = -9;

    private CosePack() {}

    static SignedPack decode(Bytes raw) throws Malformed {
        var in = new CborReader(raw.unsafeArray(), Malformed::envelope);
        if (in.next() == CborReader.TAG && in.tag() != COSE_SIGN1)
            throw Malformed.envelope("the tag is not that of a COSE_Sign1");
        if (in.array() != 4) throw Malformed.envelope("a COSE_Sign1 is an array of four");
        var protectedHeader = in.bytes();
        if (in.map() != 0)
            throw Malformed.envelope("a header that is not protected is not trusted, so not taken");
        var payload = in.bytes();
        var signature = in.bytes();
        in.end();
        return new Header(protectedHeader).pack(raw, payload, signature);
    }

    /// What the protected header says.
    static final class Header {
        private final byte[] encoded;
        private final CborReader in;
        long algorithm;
        String keyId = "";
        long contentType;
        long sequence;
        String subject = "";
        double issuedAt = Double.NaN;

        Header(byte[] encoded) throws Malformed {
            this.encoded = encoded;
            this.in = new CborReader(encoded, Malformed::envelope);
            var seen = new HashSet<Long>();
            for (int left = in.map(); left > 0; left--) parameter(label(seen));
            in.end();
        }

        private long label(Set<Long> seen) throws Malformed {
            long label = in.whole();
            if (!seen.add(label))
                throw Malformed.envelope("the label " + label + " stands twice in one map");
            return label;
        }

        private void parameter(long label) throws Malformed {
            if (label == ALGORITHM) algorithm = in.whole();
            else if (label == CONTENT_TYPE) contentType = in.whole();
            else if (label == KEY_ID) keyId = in.utf8(in.bytes());
            else if (label == SEQUENCE) sequence = Claims.sequence(in.whole());
            else if (label == CLAIMS) claims();
            else throw Malformed.envelope("the header label " + label + " is not known");
        }

        private void claims() throws Malformed {
            var seen = new HashSet<Long>();
            for (int left = in.map(); left > 0; left--) {
                long label = label(seen);
                if (label == ISSUED_AT) issuedAt = in.number();
                else if (label == SUBJECT) subject = in.text();
                else throw Malformed.envelope("the claim " + label + " is not known");
            }
        }

        SignedPack pack(Bytes raw, byte[] payload, byte[] signature) throws Malformed {
            var signer = Claims.signer(keyId, needed());
            if (contentType != SENML_CBOR)
                throw Malformed.envelope("the content type is not 112, application/senml+cbor");
            if (sequence == 0) throw Malformed.envelope("the header of a pack needs seq (-65537)");
            return new SignedPack(
                    Form.COSE_SENML_CBOR,
                    raw,
                    signer,
                    subject.isEmpty() ? signer : Claims.did(subject, "sub"),
                    sequence,
                    Claims.instant(issuedAt),
                    payload,
                    toBeSigned(encoded, payload),
                    signature);
        }

        private Algorithm needed() throws Malformed {
            if (algorithm == EDDSA || algorithm == ED25519) return Algorithm.ED25519;
            if (algorithm == ES256 || algorithm == ESP256) return Algorithm.P256;
            throw Malformed.algorithm(Long.toString(algorithm));
        }
    }

    /// The Sig_structure of RFC 9052 section 4.4.
    static byte[] toBeSigned(byte[] protectedHeader, byte[] payload) {
        return new CborWriter()
                .array(4)
                .text("Signature1")
                .bytes(protectedHeader)
                .bytes(new byte[0])
                .bytes(payload)
                .toBytes();
    }

    static byte[] sign(
            SigningKey key, DidKey thing, long sequence, Instant signedAt, byte[] payload) {
        boolean own = thing.equals(key.did());
        var header =
                new CborWriter()
                        .map(5)
                        .whole(ALGORITHM)
                        .whole(key.algorithm() == Algorithm.ED25519 ? EDDSA : ES256)
                        .whole(CONTENT_TYPE)
                        .whole(SENML_CBOR)
                        .whole(KEY_ID)
                        .bytes(key.did().value().getBytes(StandardCharsets.UTF_8))
                        .whole(CLAIMS)
                        .map(own ? 1 : 2);
        if (!own) header.whole(SUBJECT).text(thing.value());
        header.whole(ISSUED_AT).number(Seconds.of(signedAt)).whole(SEQUENCE).whole(sequence);
        var encoded = header.toBytes();
        return new CborWriter()
                .tag(COSE_SIGN1)
                .array(4)
                .bytes(encoded)
                .map(0)
                .bytes(payload)
                .bytes(key.sign(toBeSigned(encoded, payload)))
                .toBytes();
    }
}
