// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

import org.carnet.Bytes;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;
import java.util.TreeMap;

/// A signing key as a file: a private JWK, OKP for Ed25519 (RFC 8037) and EC for P-256 (RFC 7518 section 6.2).
///
/// Reading and writing the file, and keeping others from reading it, is the caller's duty.
public final class KeyFile {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private KeyFile() {}

    public static String write(SigningKey key) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(jwk(key)) + "\n";
    }

    /// The key in the text; a public half that does not belong to the secret is refused.
    ///
    /// @throws IllegalArgumentException with one sentence that says what is wrong, and never with the secret
    public static SigningKey read(String json) {
        var jwk = members(json);
        var algorithm =
                switch (jwk.getOrDefault("crv", "")) {
                    case "Ed25519" -> Algorithm.ED25519;
                    case "P-256" -> Algorithm.P256;
                    default -> throw refused("its crv is neither Ed25519 nor P-256");
                };
        var key = SigningKey.of(algorithm, secretIn(jwk));
        jwk.putIfAbsent("kid", key.did().value());
        if (!jwk.equals(jwk(key))) throw refused("its members do not belong together");
        return key;
    }

    private static Map<String, String> jwk(SigningKey key) {
        var jwk = new TreeMap<String, String>();
        jwk.put("kid", key.did().value());
        jwk.put("d", key.secret().toBase64Url());
        var point = key.did().publicKey();
        switch (key.algorithm()) {
            case ED25519 -> {
                jwk.put("kty", "OKP");
                jwk.put("crv", "Ed25519");
                jwk.put("x", point.toBase64Url());
            }
            case P256 -> {
                var xy = Bytes.unsafe(Curves.uncompressed(point.unsafeArray()));
                jwk.put("kty", "EC");
                jwk.put("crv", "P-256");
                jwk.put("x", xy.slice(1, 33).toBase64Url());
                jwk.put("y", xy.slice(33, 65).toBase64Url());
            }
        }
        return jwk;
    }

    private static Map<String, String> members(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JacksonException e) {
            throw refused("it is not a JSON object of strings");
        }
    }

    private static Bytes secretIn(Map<String, String> jwk) {
        try {
            return Bytes.base64Url(jwk.getOrDefault("d", ""));
        } catch (IllegalArgumentException e) {
            throw refused("its d is not base64url");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the key file is not a private JWK: " + why);
    }
}
