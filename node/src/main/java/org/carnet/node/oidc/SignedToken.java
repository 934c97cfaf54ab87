// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A JSON Web Token (RFC 7519), split and read strictly; nothing of it is believed before [#isSignedBy].
///
/// Every part has one text only, so nobody can make a second token out of a signed one. What the header may say is
/// closed: an algorithm that fits the key, and no `crit`, `b64` or address to fetch a key from.
final class SignedToken {
    private static final int LONGEST = 8 << 10;
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid", "jwk", "cty");

    private final Jws jws;
    final ObjectNode header;
    final ObjectNode claims;

    private SignedToken(Jws jws, ObjectNode header, ObjectNode claims) {
        this.jws = jws;
        this.header = header;
        this.claims = claims;
    }

    /// @throws IllegalArgumentException with one sentence that says what is wrong
    static SignedToken parse(String text) {
        if (text.length() > LONGEST) throw new IllegalArgumentException("the token is too long");
        var jws = Jws.parse(Bytes.utf8(text));
        var header = Json.object(jws.header());
        for (var name : header.propertyNames()) {
            if (!HEADER.contains(name)) {
                throw new IllegalArgumentException(
                        "the token's header has a member that is not understood");
            }
        }
        return new SignedToken(jws, header, Json.object(jws.payload()));
    }

    /// Whether the key made the token, by the algorithm that the header names and the key has.
    boolean isSignedBy(VerificationKey key) {
        return Jws.name(key.did().algorithm()).equals(text(header, "alg"))
                && key.verify(jws.signingInput().unsafeArray(), jws.signature().unsafeArray());
    }

    /// What `typ` says, without `application/`, in lower case.
    String type() {
        var type = text(header, "typ").toLowerCase(java.util.Locale.ROOT);
        return type.startsWith("application/") ? type.substring("application/".length()) : type;
    }

    String text(String claim) {
        return text(claims, claim);
    }

    /// A time of the claims, which are seconds since 1970.
    Optional<Instant> time(String claim) {
        var value = claims.path(claim);
        if (!value.isNumber()) return Optional.empty();
        var seconds = value.asLong(0);
        return seconds > 0 && seconds < 1L << 40
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    /// Whether it is for this audience and nobody else.
    boolean isFor(String audience) {
        var said = claims.path("aud");
        return said.isArray()
                ? said.size() == 1 && audience.equals(text(said.get(0)))
                : audience.equals(text(said));
    }

    static String text(JsonNode object, String name) {
        return text(object.path(name));
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : "";
    }
}
