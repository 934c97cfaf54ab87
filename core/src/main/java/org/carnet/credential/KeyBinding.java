// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/// What the holder of a credential says when showing it: to whom, on which occasion, when, and about what
/// (RFC 9901 section 4.3).
///
/// @param transactions base64url SHA-256 digests of what the holder agrees to (`transaction_data_hashes` of OpenID4VP);
///     between platforms, the digest of the request's body
public record KeyBinding(
        String audience, String nonce, Instant issuedAt, List<String> transactions) {
    static final String TYPE = "kb+jwt";

    public KeyBinding {
        if (audience.isEmpty() || nonce.isEmpty())
            throw new IllegalArgumentException("a proof is for somebody and for one occasion");
        transactions = List.copyOf(transactions);
    }

    public KeyBinding(String audience, String nonce, Instant issuedAt) {
        this(audience, nonce, issuedAt, List.of());
    }

    ObjectNode claims(String sdHash) {
        var claims = Json.object();
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("aud", audience).put("nonce", nonce).put("sd_hash", sdHash);
        if (!transactions.isEmpty()) {
            var hashes = claims.putArray("transaction_data_hashes");
            transactions.forEach(hashes::add);
            claims.put("transaction_data_hashes_alg", Digest.NAME);
        }
        return claims;
    }
}
