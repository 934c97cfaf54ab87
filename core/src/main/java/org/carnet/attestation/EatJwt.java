// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.attestation.Eat.Debug;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.jose.JwtHeader;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// The token as a compact JWS whose `typ` is `eat+jwt` (RFC 9782). A claim that is not known changes nothing.
final class EatJwt {
    private static final String TYPE = "eat+jwt";

    private EatJwt() {}

    static EatToken parse(Bytes token) throws AttestationFlawed {
        try {
            var jws = Jws.parse(token);
            var header = JwtHeader.parse(jws.header());
            if (!header.type().equals(TYPE)) throw EatToken.malformed("typ is not " + TYPE);
            return new EatToken(
                    claims(Json.object(jws.payload())),
                    algorithm(header),
                    jws.signingInput().unsafeArray(),
                    jws.signature().unsafeArray());
        } catch (IllegalArgumentException e) {
            throw EatToken.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Algorithm algorithm(JwtHeader header) throws AttestationFlawed {
        return switch (header.algorithm()) {
            case "ES256" -> Algorithm.P256;
            case "EdDSA", "Ed25519" -> Algorithm.ED25519;
            default -> throw EatToken.unsupported("not ES256 or Ed25519");
        };
    }

    private static Eat claims(ObjectNode json) {
        var nonce = text(json, "eat_nonce");
        if (nonce.isEmpty()) throw new IllegalArgumentException("eat_nonce is missing");
        return new Eat(
                Bytes.base64Url(nonce.get()),
                text(json, "ueid").map(Bytes::base64Url),
                json.has("cnf") ? Optional.of(key(json.path("cnf"))) : Optional.empty(),
                instant(json),
                flag(json),
                text(json, "dbgstat").map(EatJwt::debug),
                text(json, "swname"),
                version(json));
    }

    private static DidKey key(JsonNode confirmation) {
        if (!confirmation.isObject() || confirmation.size() != 1 || !confirmation.has("jwk"))
            throw new IllegalArgumentException("cnf is not one jwk");
        return Jwk.parse(confirmation.path("jwk"));
    }

    private static Optional<Instant> instant(ObjectNode json) {
        var value = json.path("iat");
        if (value.isMissingNode()) return Optional.empty();
        if (!value.isIntegralNumber() || !value.canConvertToInt())
            throw new IllegalArgumentException("iat is not a number of seconds");
        return Optional.of(Instant.ofEpochSecond(value.asInt()));
    }

    private static Optional<Boolean> flag(ObjectNode json) {
        var value = json.path("oemboot");
        if (value.isMissingNode()) return Optional.empty();
        if (!value.isBoolean()) throw new IllegalArgumentException("oemboot is not true or false");
        return Optional.of(value.asBoolean());
    }

    private static Debug debug(String word) {
        return Arrays.stream(Debug.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dbgstat is no known state"));
    }

    private static Optional<String> version(ObjectNode json) {
        var value = json.path("swversion");
        if (value.isMissingNode()) return Optional.empty();
        if (!value.isArray() || !value.path(0).isString())
            throw new IllegalArgumentException("swversion is not a list that begins with a text");
        return Optional.of(value.path(0).asString());
    }

    private static Optional<String> text(ObjectNode json, String name) {
        var value = json.path(name);
        if (value.isMissingNode()) return Optional.empty();
        if (!value.isString()) throw new IllegalArgumentException(name + " is not a text");
        return Optional.of(value.asString());
    }

    static Bytes sign(Eat claims, SigningKey key) {
        var json = Json.object().put("eat_nonce", claims.nonce().toBase64Url());
        claims.ueid().ifPresent(ueid -> json.put("ueid", ueid.toBase64Url()));
        claims.key()
                .ifPresent(
                        own -> {
                            var jwk = json.putObject("cnf").putObject("jwk");
                            Jwk.members(own).forEach(jwk::put);
                        });
        claims.issuedAt().ifPresent(at -> json.put("iat", at.getEpochSecond()));
        claims.secureBoot().ifPresent(secure -> json.put("oemboot", secure));
        claims.debug().ifPresent(debug -> json.put("dbgstat", debug.word()));
        claims.softwareName().ifPresent(name -> json.put("swname", name));
        claims.softwareVersion().ifPresent(version -> json.putArray("swversion").add(version));
        var header = Json.object().put("alg", Jws.name(key.algorithm())).put("typ", TYPE);
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(json)), key);
    }
}
