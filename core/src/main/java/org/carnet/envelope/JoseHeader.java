// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.time.Instant;

/// The protected header of a JWS: the parameters that Carnet knows, and no others.
///
/// Whatever could change what a signature means (`crit`, `b64`) or whose it is (`jwk`, `jku`, `x5c`) is not known.
record JoseHeader(
        String algorithm,
        String keyId,
        @Nullable String type,
        @Nullable String contentType,
        @Nullable String subject,
        long sequence,
        @Nullable Instant issuedAt) {

    static JoseHeader parse(Bytes json) throws Malformed {
        var text = Json.utf8(json);
        if (text == null) throw Malformed.envelope("the header is not UTF-8");
        try (var in = Json.parser(text)) {
            var header = read(in);
            if (in.nextToken() != null)
                throw Malformed.envelope("something follows the header's object");
            return header;
        } catch (JacksonException e) {
            throw Malformed.envelope("the header is not strict JSON");
        }
    }

    private static JoseHeader read(JsonParser in) throws Malformed {
        String algorithm = null, keyId = null, type = null, contentType = null, subject = null;
        long sequence = 0;
        Instant issuedAt = null;
        if (in.nextToken() != JsonToken.START_OBJECT)
            throw Malformed.envelope("the header is not a JSON object");
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            switch (name) {
                case "alg" -> algorithm = text(in, name);
                case "kid" -> keyId = text(in, name);
                case "typ" -> type = text(in, name);
                case "cty" -> contentType = text(in, name);
                case "sub" -> subject = text(in, name);
                case "seq" -> sequence = Claims.sequence(whole(in, name));
                case "iat" -> issuedAt = Claims.instant(number(in, name));
                default ->
                        throw Malformed.envelope(
                                "the header parameter " + Malformed.quote(name) + " is not known");
            }
        }
        if (algorithm == null || keyId == null)
            throw Malformed.envelope("the header needs alg and kid");
        return new JoseHeader(algorithm, keyId, type, contentType, subject, sequence, issuedAt);
    }

    static String text(JsonParser in, String name) throws Malformed {
        if (in.currentToken() != JsonToken.VALUE_STRING)
            throw Malformed.envelope(name + " is not a string");
        return in.getString();
    }

    private static long whole(JsonParser in, String name) throws Malformed {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT)
            throw Malformed.envelope(name + " is not a whole number");
        return in.getLongValue();
    }

    static double number(JsonParser in, String name) throws Malformed {
        if (!in.currentToken().isNumeric()) throw Malformed.envelope(name + " is not a number");
        return in.getDoubleValue();
    }

    /// The signer, whose key has to be of the kind that the algorithm needs.
    DidKey signer() throws Malformed {
        var needed =
                switch (algorithm) {
                    case "EdDSA", "Ed25519" -> Algorithm.ED25519;
                    case "ES256" -> Algorithm.P256;
                    default -> throw Malformed.algorithm(Malformed.quote(algorithm));
                };
        return Claims.signer(keyId, needed);
    }
}
