// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The pack of a thing too small for signatures, as its gateway takes it: a COSE_Mac0 (RFC 9052 section 6.2) with HMAC
/// 256/256 under a key that the two of them share.
///
/// It says what a signed update says in the same header ([SignedPack]), and never leaves the gateway: a node hears the
/// gateway's own signature, and its record says so.
public final class MacPack implements Authentication {
    /// The least length of a key, in bytes.
    public static final int LEAST_KEY = 32;

    private static final int COSE_MAC0 = 17;
    private static final long HMAC_256_256 = 5;
    private static final int SENML_CBOR = 112;
    private static final long ALGORITHM = 1;
    private static final long CONTENT_TYPE = 3;
    private static final long KEY_ID = 4;
    private static final long CLAIMS = 15;
    private static final long ISSUED_AT = 6;
    private static final long SEQUENCE = -65537;

    private final DidKey thing;
    private final long sequence;
    private final Instant signedAt;
    private final List<Reading> readings;

    private MacPack(DidKey thing, long sequence, Instant signedAt, List<Reading> readings) {
        this.thing = thing;
        this.sequence = sequence;
        this.signedAt = signedAt;
        this.readings = readings;
    }

    /// The pack in the bytes, if this thing made it with this key.
    public static Authentication verify(Bytes raw, DidKey thing, Bytes key) {
        if (raw.length() > SignedPack.MAX_BYTES)
            return new Refused(Reason.TOO_LARGE, "a pack is shorter than that");
        try {
            var in = new CborReader(raw.unsafeArray(), Malformed::envelope);
            if (in.next() == CborReader.TAG && in.tag() != COSE_MAC0)
                throw Malformed.envelope("the tag is not that of a COSE_Mac0");
            if (in.array() != 4) throw Malformed.envelope("a COSE_Mac0 is an array of four");
            var header = in.bytes();
            if (in.map() != 0) throw Malformed.envelope("something is not protected");
            var payload = in.bytes();
            var tag = in.bytes();
            in.end();
            var said = new CosePack.Header(header);
            if (said.algorithm != HMAC_256_256)
                throw Malformed.algorithm(Long.toString(said.algorithm));
            if (!MessageDigest.isEqual(tag, mac(key, header, payload)))
                return new Refused(Reason.BAD_SIGNATURE, "the tag is not of these bytes");
            if (!said.keyId.equals(thing.value()))
                return new Refused(Reason.WRONG_KEY, "the pack is not of the thing with this key");
            if (said.contentType != SENML_CBOR || said.sequence == 0 || !said.subject.isEmpty())
                throw Malformed.envelope("the header of a pack needs cty, seq and iat, and no sub");
            var signedAt = Claims.instant(said.issuedAt);
            var readings = Senml.parse(Form.COSE_SENML_CBOR, payload, thing, signedAt);
            return new MacPack(thing, said.sequence, signedAt, readings);
        } catch (Malformed e) {
            return e.refused();
        }
    }

    /// What a thing sends to its gateway.
    public static Bytes create(
            Bytes key, DidKey thing, long sequence, Instant signedAt, List<Reading> readings) {
        var payload = Senml.write(Form.COSE_SENML_CBOR, thing, readings).unsafeArray();
        var header =
                new CborWriter()
                        .map(5)
                        .whole(ALGORITHM)
                        .whole(HMAC_256_256)
                        .whole(CONTENT_TYPE)
                        .whole(SENML_CBOR)
                        .whole(KEY_ID)
                        .bytes(thing.value().getBytes(StandardCharsets.UTF_8))
                        .whole(CLAIMS)
                        .map(1)
                        .whole(ISSUED_AT)
                        .number(Seconds.of(signedAt))
                        .whole(SEQUENCE)
                        .whole(sequence)
                        .toBytes();
        return Bytes.unsafe(
                new CborWriter()
                        .tag(COSE_MAC0)
                        .array(4)
                        .bytes(header)
                        .map(0)
                        .bytes(payload)
                        .bytes(mac(key, header, payload))
                        .toBytes());
    }

    /// Over the MAC_structure of RFC 9052 section 6.3.
    static byte[] mac(Bytes key, byte[] header, byte[] payload) {
        if (key.length() < LEAST_KEY)
            throw new IllegalArgumentException("a key has 32 bytes at least");
        var authenticated =
                new CborWriter()
                        .array(4)
                        .text("MAC0")
                        .bytes(header)
                        .bytes(new byte[0])
                        .bytes(payload)
                        .toBytes();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.unsafeArray(), "HmacSHA256"));
            return mac.doFinal(authenticated);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC with SHA-256", e);
        }
    }

    public DidKey thing() {
        return thing;
    }

    /// From 1 to 2^53 - 1, never used twice.
    public long sequence() {
        return sequence;
    }

    public Instant signedAt() {
        return signedAt;
    }

    /// At least one, in the order of the pack.
    public List<Reading> readings() {
        return readings;
    }
}
