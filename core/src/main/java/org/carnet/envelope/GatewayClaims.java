// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.jose.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.time.Instant;

/// What a gateway's proof says; it has all of these claims, and no others.
record GatewayClaims(String issuer, String audience, Instant issuedAt, Instant expires, String id) {

    static GatewayClaims parse(Bytes payload) throws Malformed {
        var json = Json.utf8(payload);
        if (json == null) throw Malformed.envelope("the payload is not UTF-8");
        try (var in = Json.parser(json)) {
            var claims = read(in);
            if (in.nextToken() != null) throw Malformed.envelope("something follows the claims");
            return claims;
        } catch (JacksonException e) {
            throw Malformed.envelope("the payload is not strict JSON");
        }
    }

    private static GatewayClaims read(JsonParser in) throws Malformed {
        String issuer = null, audience = null, id = null;
        Instant issuedAt = null, expires = null;
        if (in.nextToken() != JsonToken.START_OBJECT)
            throw Malformed.envelope("the payload is not a JSON object");
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            switch (name) {
                case "iss" -> issuer = JoseHeader.text(in, name);
                case "aud" -> audience = JoseHeader.text(in, name);
                case "jti" -> id = JoseHeader.text(in, name);
                case "iat" -> issuedAt = Claims.instant(JoseHeader.number(in, name));
                case "exp" -> expires = Claims.instant(JoseHeader.number(in, name));
                default ->
                        throw Malformed.envelope(
                                "the claim " + Malformed.quote(name) + " is not known");
            }
        }
        if (issuer == null || audience == null || id == null || issuedAt == null || expires == null)
            throw Malformed.envelope("a proof needs iss, aud, iat, exp and jti");
        return new GatewayClaims(issuer, audience, issuedAt, expires, id);
    }
}
