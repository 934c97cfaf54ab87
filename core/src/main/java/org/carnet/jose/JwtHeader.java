// SPDX-License-Identifier: Apache-2.0
package org.carnet.jose;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

/// The protected header of a signed token: `alg`, `typ` and `kid`, and no other parameter.
///
/// Whatever could change what a signature means (`crit`, `b64`) or whose it is (`jwk`, `jku`, `x5c`) is not known. The
/// only algorithms are ES256 and Ed25519, under both of its names.
public record JwtHeader(String algorithm, String type, @Nullable String keyId) {

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static JwtHeader parse(Bytes json) {
        String algorithm = null, type = null, keyId = null;
        for (var member : Json.object(json).properties()) {
            switch (member.getKey()) {
                case "alg" -> algorithm = text(member.getKey(), member.getValue());
                case "typ" -> type = text(member.getKey(), member.getValue());
                case "kid" -> keyId = text(member.getKey(), member.getValue());
                default ->
                        throw new IllegalArgumentException(
                                "the header has a parameter beside alg, typ and kid");
            }
        }
        if (algorithm == null || type == null)
            throw new IllegalArgumentException("the header needs alg and typ");
        return new JwtHeader(algorithm, type, keyId);
    }

    /// Whether the algorithm is one that Carnet speaks; `none` and those with shared secrets are not.
    public boolean isSpoken() {
        return switch (algorithm) {
            case "ES256", "EdDSA", "Ed25519" -> true;
            default -> false;
        };
    }

    private static String text(String name, JsonNode value) {
        if (value.isString()) return value.stringValue();
        throw new IllegalArgumentException(name + " of the header is not a string");
    }
}
