// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import org.carnet.Bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of a body, as the field `Content-Digest` says it (RFC 9530) and as an avatar agrees to it.
public record ContentDigest(Bytes hash) {

    public static ContentDigest of(Bytes body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(body.unsafeArray());
            return new ContentDigest(Bytes.unsafe(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// The value of the field.
    public String field() {
        return "sha-256=:" + hash.toBase64() + ":";
    }

    /// The text in `transaction_data_hashes` of a holder's proof.
    public String transaction() {
        return hash.toBase64Url();
    }
}
