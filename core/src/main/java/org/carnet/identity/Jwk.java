// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/// A public key as JSON (RFC 7517): OKP for Ed25519 (RFC 8037), EC for P-256 (RFC 7518 section 6.2).
///
/// Only the members that make the key are looked at, so a `kid` or `use` beside them changes nothing; a secret member
/// is refused, since whoever shows it has lost the key.
public final class Jwk {
    private static final int COORDINATE = 32;

    private Jwk() {}

    /// The members of a key that every JWK of it has, in the order of RFC 7638 section 3.2.
    public static Map<String, String> members(DidKey key) {
        var jwk = new TreeMap<String, String>();
        var point = key.publicKey();
        switch (key.algorithm()) {
            case ED25519 -> {
                jwk.put("crv", "Ed25519");
                jwk.put("kty", "OKP");
                jwk.put("x", point.toBase64Url());
            }
            case P256 -> {
                var xy = Bytes.unsafe(Curves.uncompressed(point.unsafeArray()));
                jwk.put("crv", "P-256");
                jwk.put("kty", "EC");
                jwk.put("x", xy.slice(1, 33).toBase64Url());
                jwk.put("y", xy.slice(33, 65).toBase64Url());
            }
        }
        return jwk;
    }

    /// The key in a public JWK.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static DidKey parse(JsonNode jwk) {
        return key(jwk).did();
    }

    /// The same, ready to check signatures.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong
    public static VerificationKey key(JsonNode jwk) {
        if (!jwk.isObject()) throw new IllegalArgumentException("a JWK is a JSON object");
        if (jwk.has("d") || jwk.has("k")) {
            throw new IllegalArgumentException("the JWK shows a secret");
        }
        var kind = text(jwk, "kty") + " " + text(jwk, "crv");
        return switch (kind) {
            case "OKP Ed25519" -> VerificationKey.of(Algorithm.ED25519, coordinate(jwk, "x"));
            case "EC P-256" -> point(coordinate(jwk, "x"), coordinate(jwk, "y"));
            default ->
                    throw new IllegalArgumentException("the JWK is neither Ed25519 nor EC P-256");
        };
    }

    /// The JWK thumbprint of RFC 7638 with SHA-256: the name of a key wherever OAuth asks for one.
    public static String thumbprint(DidKey key) {
        var json = new StringBuilder("{");
        members(key)
                .forEach(
                        (name, value) ->
                                json.append(json.length() == 1 ? "\"" : ",\"")
                                        .append(name)
                                        .append("\":\"")
                                        .append(value)
                                        .append('"'));
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(
                            hash.digest(
                                    json.append('}').toString().getBytes(StandardCharsets.UTF_8)))
                    .toBase64Url();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static VerificationKey point(Bytes x, Bytes y) {
        var compressed = new byte[1 + COORDINATE];
        compressed[0] = (byte) (2 + (y.at(COORDINATE - 1) & 1));
        System.arraycopy(x.unsafeArray(), 0, compressed, 1, COORDINATE);
        var key = VerificationKey.of(Algorithm.P256, Bytes.unsafe(compressed));
        if (!y.toBase64Url().equals(members(key.did()).get("y"))) {
            throw new IllegalArgumentException("the P-256 key is not a point of the curve");
        }
        return key;
    }

    private static Bytes coordinate(JsonNode jwk, String name) {
        var bytes = Bytes.base64Url(text(jwk, name));
        if (bytes.length() != COORDINATE) {
            throw new IllegalArgumentException("\"" + name + "\" of the JWK has not 32 bytes");
        }
        return bytes;
    }

    private static String text(JsonNode jwk, String name) {
        return jwk.path(name).asString("");
    }
}
