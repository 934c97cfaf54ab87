// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A credential or presentation inside a JWT, as an object that JSON-LD can carry (VCDM 2.0 sections 4.13.1 and 4.13.2).
///
/// ```json
/// {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,eyJ…"}
/// ```
public final class Envelope {
    private static final String CREDENTIAL = "EnvelopedVerifiableCredential";
    private static final String PRESENTATION = "EnvelopedVerifiablePresentation";

    private Envelope() {}

    public static ObjectNode ofCredential(String jwt) {
        var envelope = Json.object();
        envelope.putArray("@context").add(Credential.V2);
        envelope.put("type", CREDENTIAL);
        envelope.put("id", "data:application/vc+jwt," + jwt);
        return envelope;
    }

    /// Whether the object says to be an envelope, rightly or not.
    public static boolean isEnveloped(JsonNode json) {
        return says(json, CREDENTIAL) || says(json, PRESENTATION);
    }

    private static boolean says(JsonNode json, String type) {
        var types = json.path("type");
        if (types.isString()) return types.stringValue().equals(type);
        for (var one : types) if (type.equals(one.stringValue(""))) return true;
        return false;
    }

    static String credential(ObjectNode envelope) throws Flawed {
        return content(envelope, CREDENTIAL, "data:application/vc+jwt,");
    }

    static String presentation(ObjectNode envelope) throws Flawed {
        return content(envelope, PRESENTATION, "data:application/vp+jwt,");
    }

    private static String content(ObjectNode envelope, String type, String prefix) throws Flawed {
        var context = envelope.path("@context");
        var first = context.isArray() ? context.path(0) : context;
        if (!Credential.V2.equals(first.stringValue("")))
            throw Shape.flawed("the first @context of the envelope is not " + Credential.V2);
        if (!says(envelope, type)) throw Shape.flawed("the type of the envelope is not " + type);
        var id = envelope.path("id").stringValue("");
        if (!id.startsWith(prefix))
            throw Shape.flawed("the id of the envelope does not start with " + prefix);
        return id.substring(prefix.length());
    }
}
