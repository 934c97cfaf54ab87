// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which keys are whose, and what for (DID Core 1.0, Controlled Identifiers 1.0).
///
/// Only keys that are controlled by the DID itself and whose name begins with it are found; only Ed25519 and P-256 are.
public final class DidDocument {
    private final String id;
    private final ObjectNode json;

    /// Keys that were found, by name and purpose: they are decoded once.
    private final Map<String, VerificationKey> found = new ConcurrentHashMap<>();

    /// @throws IllegalArgumentException if it is no document of a DID
    public DidDocument(ObjectNode json) {
        this.id = json.path("id").asString("");
        this.json = json.deepCopy();
        if (!id.startsWith("did:"))
            throw new IllegalArgumentException("the id of the document is no DID");
    }

    /// The document of an identifier that is its own key.
    public static DidDocument of(DidKey did) {
        var json = Json.object();
        json.putArray("@context")
                .add("https://www.w3.org/ns/did/v1")
                .add("https://w3id.org/security/multikey/v1");
        json.put("id", did.value());
        addKey(json, did.value(), did.keyId(), did);
        return new DidDocument(json);
    }

    /// Adds a key to a document, for signing in and for making statements.
    static void addKey(ObjectNode document, String controller, String keyId, DidKey key) {
        document.withArray("verificationMethod")
                .addObject()
                .put("id", keyId)
                .put("type", "Multikey")
                .put("controller", controller)
                .put("publicKeyMultibase", multikey(key));
        document.withArray("authentication").add(keyId);
        document.withArray("assertionMethod").add(keyId);
    }

    static String multikey(DidKey key) {
        return key.value().substring("did:key:".length());
    }

    public String id() {
        return id;
    }

    /// A copy.
    public ObjectNode json() {
        return json.deepCopy();
    }

    /// The key of this name, if the document lets it be used so.
    ///
    /// @param keyId a DID URL with a fragment
    /// @param purpose `authentication` or `assertionMethod`
    public @Nullable VerificationKey key(String keyId, String purpose) {
        var known = found.get(keyId + " " + purpose);
        if (known != null) return known;
        var key = find(keyId, purpose);
        if (key != null) found.put(keyId + " " + purpose, key);
        return key;
    }

    private @Nullable VerificationKey find(String keyId, String purpose) {
        if (!keyId.startsWith(id + "#")) return null;
        for (var method : json.path(purpose)) {
            if (method.isObject() && isNamed(method, keyId)) return key(method);
            if (!method.isString() || !absolute(method.stringValue()).equals(keyId)) continue;
            for (var listed : json.path("verificationMethod"))
                if (isNamed(listed, keyId)) return key(listed);
        }
        return null;
    }

    private boolean isNamed(JsonNode method, String keyId) {
        return absolute(method.path("id").asString("")).equals(keyId);
    }

    private String absolute(String reference) {
        return reference.startsWith("#") ? id + reference : reference;
    }

    private @Nullable VerificationKey key(JsonNode method) {
        if (!method.path("controller").asString("").equals(id)) return null;
        try {
            return switch (method.path("type").asString("")) {
                case "Multikey" ->
                        VerificationKey.of(
                                new DidKey(
                                        "did:key:"
                                                + method.path("publicKeyMultibase").asString("")));
                case "JsonWebKey", "JsonWebKey2020" -> Jwk.key(method.path("publicKeyJwk"));
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
