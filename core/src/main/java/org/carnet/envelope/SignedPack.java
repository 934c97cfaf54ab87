// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;

import java.time.Instant;
import java.util.List;

/// An update as it arrived: well formed, and not yet verified, so that its claims are good for finding a key and no more.
public final class SignedPack implements Decoding {
    /// The longest pack in any form.
    public static final int MAX_BYTES = 64 * 1024;

    private final Form form;
    private final Bytes raw;
    private final DidKey signer;
    private final DidKey thing;
    private final long sequence;
    private final Instant signedAt;
    private final byte[] payload;
    private final byte[] signed;
    private final byte[] signature;

    SignedPack(
            Form form,
            Bytes raw,
            DidKey signer,
            DidKey thing,
            long sequence,
            Instant signedAt,
            byte[] payload,
            byte[] signed,
            byte[] signature) {
        this.form = form;
        this.raw = raw;
        this.signer = signer;
        this.thing = thing;
        this.sequence = sequence;
        this.signedAt = signedAt;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    /// The pack in the bytes, whose form is recognised by the first of them.
    public static Decoding decode(Bytes raw) {
        if (raw.length() > MAX_BYTES)
            return new Refused(
                    Reason.TOO_LARGE, raw.length() + " bytes are more than " + MAX_BYTES);
        try {
            return switch (raw.length() == 0 ? 0 : raw.at(0)) {
                case 'e' -> JwsPack.decode(raw);
                case (byte) 0x84, (byte) 0xd2 -> CosePack.decode(raw);
                default -> throw Malformed.envelope("neither a compact JWS nor a COSE_Sign1");
            };
        } catch (Malformed e) {
            return e.refused();
        }
    }

    /// The same pack, if it is signed by this key and says what a thing may say about itself.
    public Verification verify(VerificationKey key) {
        if (!key.did().equals(signer))
            return new Refused(Reason.WRONG_KEY, "the pack names " + signer + " as its signer");
        if (!key.verify(signed, signature))
            return new Refused(
                    Reason.BAD_SIGNATURE, "the signature is not of these bytes by " + signer);
        try {
            return new VerifiedPack(this, readings());
        } catch (Malformed e) {
            return e.refused();
        }
    }

    List<Reading> readings() throws Malformed {
        return Senml.parse(form, payload, thing, signedAt);
    }

    public Form form() {
        return form;
    }

    /// The bytes as they arrived.
    public Bytes raw() {
        return raw;
    }

    /// Whose key has to verify it: the thing, or its gateway.
    public DidKey signer() {
        return signer;
    }

    /// Whose readings these are.
    public DidKey thing() {
        return thing;
    }

    /// From 1 to 2^53 - 1, never used twice by a thing.
    public long sequence() {
        return sequence;
    }

    public Instant signedAt() {
        return signedAt;
    }
}
