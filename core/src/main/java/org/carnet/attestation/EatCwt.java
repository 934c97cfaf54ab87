// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.attestation.Eat.Debug;
import org.carnet.envelope.CborReader;
import org.carnet.envelope.CborWriter;
import org.carnet.envelope.Malformed;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The token as a CWT (RFC 8392) in a COSE_Sign1 (RFC 9052 section 4.2), with or without the tags 61 and 18.
///
/// The protected header says the algorithm and `typ` (16, RFC 9596), and the unprotected one nothing. A claim that is not
/// known changes nothing.
final class EatCwt {
    private static final int CWT = 61;
    private static final int COSE_SIGN1 = 18;
    private static final String TYPE = "application/eat+cwt";

    private static final long ALGORITHM = 1;
    private static final long TYP = 16;
    private static final long EDDSA = -8;
    private static final long ED25519 = -19;
    private static final long ES256 = -7;
    private static final long ESP256 = -9;

    private static final long ISSUED_AT = 6;
    private static final long CONFIRMATION = 8;
    private static final long NONCE = 10;
    private static final long UEID = 256;
    private static final long SECURE_BOOT = 262;
    private static final long DEBUG = 263;
    private static final long SOFTWARE_NAME = 270;
    private static final long SOFTWARE_VERSION = 271;

    private EatCwt() {}

    static EatToken parse(Bytes token) throws AttestationFlawed {
        try {
            var in = new CborReader(token.unsafeArray(), Malformed::envelope);
            if (in.next() == CborReader.TAG) requireTags(in);
            if (in.array() != 4) throw Malformed.envelope("a COSE_Sign1 is an array of four");
            var header = in.bytes();
            if (in.map() != 0) throw Malformed.envelope("something is not protected");
            var payload = in.bytes();
            var signature = in.bytes();
            in.end();
            var algorithm = algorithm(header);
            return new EatToken(
                    new Claims(payload).read(), algorithm, toBeSigned(header, payload), signature);
        } catch (Malformed e) {
            throw EatToken.malformed(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw EatToken.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static void requireTags(CborReader in) throws Malformed {
        int tag = in.tag();
        if (tag == CWT) tag = in.tag();
        if (tag != COSE_SIGN1) throw Malformed.envelope("the tag is not that of a COSE_Sign1");
    }

    private static Algorithm algorithm(byte[] header) throws Malformed, AttestationFlawed {
        var in = new CborReader(header, Malformed::envelope);
        var seen = new HashSet<Long>();
        long algorithm = 0;
        String type = "";
        for (int left = in.map(); left > 0; left--) {
            long label = in.whole();
            if (!seen.add(label)) throw Malformed.envelope("a label stands twice in the header");
            if (label == ALGORITHM) algorithm = in.whole();
            else if (label == TYP) type = in.text();
            else throw Malformed.envelope("the header says more than alg and typ");
        }
        in.end();
        if (!type.equals(TYPE)) throw Malformed.envelope("typ is not " + TYPE);
        if (algorithm == EDDSA || algorithm == ED25519) return Algorithm.ED25519;
        if (algorithm == ES256 || algorithm == ESP256) return Algorithm.P256;
        throw EatToken.unsupported(Long.toString(algorithm));
    }

    /// The claims of a payload, each at most once.
    private static final class Claims {
        private final CborReader in;
        private final Set<Object> seen = new HashSet<>();
        private @Nullable Bytes nonce;
        private @Nullable Bytes ueid;
        private @Nullable DidKey key;
        private @Nullable Instant issuedAt;
        private @Nullable Boolean secureBoot;
        private @Nullable Debug debug;
        private @Nullable String softwareName;
        private @Nullable String softwareVersion;

        Claims(byte[] payload) {
            in = new CborReader(payload, Malformed::envelope);
        }

        Eat read() throws Malformed {
            for (int left = in.map(); left > 0; left--) {
                if (in.next() == CborReader.TEXT) {
                    once(in.text());
                    in.skip();
                } else {
                    long label = in.whole();
                    once(label);
                    claim(label);
                }
            }
            in.end();
            if (nonce == null) throw Malformed.envelope("eat_nonce (10) is missing");
            return new Eat(
                    nonce,
                    Optional.ofNullable(ueid),
                    Optional.ofNullable(key),
                    Optional.ofNullable(issuedAt),
                    Optional.ofNullable(secureBoot),
                    Optional.ofNullable(debug),
                    Optional.ofNullable(softwareName),
                    Optional.ofNullable(softwareVersion));
        }

        private void once(Object label) throws Malformed {
            if (!seen.add(label)) throw Malformed.envelope("a claim stands twice");
        }

        private void claim(long label) throws Malformed {
            if (label == NONCE) nonce = Bytes.unsafe(in.bytes());
            else if (label == UEID) ueid = Bytes.unsafe(in.bytes());
            else if (label == CONFIRMATION) key = new CoseKey(in).confirmation();
            else if (label == ISSUED_AT) issuedAt = Instant.ofEpochSecond(seconds(in.whole()));
            else if (label == SECURE_BOOT) secureBoot = in.bool();
            else if (label == DEBUG) debug = debug(in.whole());
            else if (label == SOFTWARE_NAME) softwareName = in.text();
            else if (label == SOFTWARE_VERSION) softwareVersion = version();
            else in.skip();
        }

        private static long seconds(long iat) throws Malformed {
            if (iat < 0 || iat > Integer.MAX_VALUE)
                throw Malformed.envelope("iat is not a number of seconds");
            return iat;
        }

        private static Debug debug(long number) throws Malformed {
            for (var one : Debug.values()) if (one.number() == number) return one;
            throw Malformed.envelope("dbgstat is no known state");
        }

        /// `[ version, ? scheme ]`
        private String version() throws Malformed {
            int size = in.array();
            if (size < 1) throw Malformed.envelope("swversion is empty");
            var version = in.text();
            for (int more = 1; more < size; more++) in.skip();
            return version;
        }
    }

    /// The Sig_structure of RFC 9052 section 4.4.
    private static byte[] toBeSigned(byte[] header, byte[] payload) {
        return new CborWriter()
                .array(4)
                .text("Signature1")
                .bytes(header)
                .bytes(new byte[0])
                .bytes(payload)
                .toBytes();
    }

    static Bytes sign(Eat claims, SigningKey key) {
        var header =
                new CborWriter()
                        .map(2)
                        .whole(ALGORITHM)
                        .whole(key.algorithm() == Algorithm.ED25519 ? EDDSA : ES256)
                        .whole(TYP)
                        .text(TYPE)
                        .toBytes();
        var payload = write(claims);
        return Bytes.unsafe(
                new CborWriter()
                        .tag(CWT)
                        .tag(COSE_SIGN1)
                        .array(4)
                        .bytes(header)
                        .map(0)
                        .bytes(payload)
                        .bytes(key.sign(toBeSigned(header, payload)))
                        .toBytes());
    }

    private static byte[] write(Eat claims) {
        int more =
                count(claims.ueid())
                        + count(claims.key())
                        + count(claims.issuedAt())
                        + count(claims.secureBoot())
                        + count(claims.debug())
                        + count(claims.softwareName())
                        + count(claims.softwareVersion());
        var out = new CborWriter().map(1 + more);
        out.whole(NONCE).bytes(claims.nonce().unsafeArray());
        claims.ueid().ifPresent(ueid -> out.whole(UEID).bytes(ueid.unsafeArray()));
        claims.key().ifPresent(own -> CoseKey.confirm(out.whole(CONFIRMATION), own));
        claims.issuedAt().ifPresent(at -> out.whole(ISSUED_AT).whole(at.getEpochSecond()));
        claims.secureBoot().ifPresent(secure -> out.whole(SECURE_BOOT).bool(secure));
        claims.debug().ifPresent(debug -> out.whole(DEBUG).whole(debug.number()));
        claims.softwareName().ifPresent(name -> out.whole(SOFTWARE_NAME).text(name));
        claims.softwareVersion()
                .ifPresent(version -> out.whole(SOFTWARE_VERSION).array(1).text(version));
        return out.toBytes();
    }

    private static int count(Optional<?> claim) {
        return claim.isPresent() ? 1 : 0;
    }
}
