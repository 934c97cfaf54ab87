// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import tools.jackson.databind.node.ObjectNode;

/// A signed JSON object as a compact JWS whose `typ` says what it is (RFC 8725 section 3.11) and whose `kid` names its key.
///
/// The algorithm is that of the key that was found, never one that the token chooses; a header with `crit` is refused.
final class JoseToken {
    private JoseToken() {}

    /// @param claims what it says, not believed before it was returned from here
    /// @param controller who controls the key
    record Checked(ObjectNode claims, String method, String controller) {}

    static String sign(String type, ObjectNode claims, String method, SigningKey key) {
        var header =
                Json.object()
                        .put("alg", Jws.name(key.algorithm()))
                        .put("typ", type)
                        .put("kid", method);
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(claims)), key).toUtf8();
    }

    static Checked check(String token, String type, String purpose, VerificationMethods methods)
            throws Flawed {
        Jws jws;
        ObjectNode header;
        try {
            jws = Jws.parse(Bytes.utf8(token));
            header = Json.object(jws.header());
        } catch (IllegalArgumentException e) {
            throw new Flawed(Flaw.MALFORMED, "the token is not read: " + e.getMessage());
        }
        if (!type.equals(header.path("typ").stringValue("")))
            throw new Flawed(Flaw.MALFORMED, "the typ of the token is not " + type);
        if (header.has("crit"))
            throw new Flawed(Flaw.MALFORMED, "the token demands an extension with crit");
        var method = header.path("kid").stringValue("");
        return switch (methods.find(method, purpose)) {
            case VerificationMethods.NotFound(var why) -> throw new Flawed(Flaw.NO_KEY, why);
            case VerificationMethods.Found(var key, var controller) -> {
                var algorithm = Jws.name(key.did().algorithm());
                if (!algorithm.equals(header.path("alg").stringValue("")))
                    throw new Flawed(
                            Flaw.UNKNOWN_CRYPTOSUITE,
                            "the alg of the token is not " + algorithm + ", that of its key");
                if (!key.verify(jws.signingInput().unsafeArray(), jws.signature().unsafeArray()))
                    throw new Flawed(
                            Flaw.BAD_SIGNATURE,
                            "the signature of the token does not belong to it and " + key);
                yield new Checked(claims(jws), method, controller);
            }
        };
    }

    private static ObjectNode claims(Jws jws) throws Flawed {
        try {
            return Json.object(jws.payload());
        } catch (IllegalArgumentException e) {
            throw new Flawed(Flaw.MALFORMED, "the token holds no claims: " + e.getMessage());
        }
    }
}
