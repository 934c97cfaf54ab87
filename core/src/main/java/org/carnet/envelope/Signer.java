// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import java.time.Instant;
import java.util.List;

/// Signs updates: what a device or its gateway does at the other end.
public final class Signer {
    private Signer() {}

    /// One signed update.
    ///
    /// Where the key is not the thing's own, it is its gateway's, and the update says so.
    ///
    /// @param sequence from 1 to 2^53 - 1, and never the same twice for one thing
    /// @throws IllegalArgumentException if there is nothing to sign, or more than [SignedPack#MAX_BYTES] hold
    public static Bytes sign(
            SigningKey key,
            Form form,
            DidKey thing,
            long sequence,
            Instant signedAt,
            List<Reading> readings) {
        if (sequence < 1 || sequence > Claims.HIGHEST_SEQUENCE)
            throw new IllegalArgumentException("a sequence number is between 1 and 2^53 - 1");
        var payload = Senml.write(form, thing, readings).unsafeArray();
        var pack =
                switch (form) {
                    case JWS_SENML_JSON, JWS_SENML_XML ->
                            JwsPack.sign(key, form, thing, sequence, signedAt, payload);
                    case COSE_SENML_CBOR -> CosePack.sign(key, thing, sequence, signedAt, payload);
                };
        if (pack.length > SignedPack.MAX_BYTES)
            throw new IllegalArgumentException(
                    "a pack of " + pack.length + " bytes is too long for one signature");
        return Bytes.unsafe(pack);
    }
}
