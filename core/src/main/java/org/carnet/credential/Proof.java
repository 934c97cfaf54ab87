// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A Data Integrity proof, well formed; nothing is said yet about whether it holds (VC Data Integrity 1.0, section 2.1).
///
/// @param json the proof as it was received
/// @param domains for whom it was made; none if it does not say
/// @param previous the ids of the proofs that it covers as well
/// @param value the signature
public record Proof(
        ObjectNode json,
        String cryptosuite,
        String method,
        String purpose,
        @Nullable String id,
        @Nullable Instant expires,
        List<String> domains,
        @Nullable String challenge,
        List<String> previous,
        Bytes value) {
    static final String TYPE = "DataIntegrityProof";
    private static final int SIGNATURE = 64;

    public Proof {
        json = json.deepCopy();
        domains = List.copyOf(domains);
        previous = List.copyOf(previous);
    }

    static Proof parse(JsonNode node) throws Flawed {
        if (!(node instanceof ObjectNode json)) throw flawed("a proof is an object");
        if (!TYPE.equals(text(json, "type")))
            throw new Flawed(
                    Flaw.UNKNOWN_CRYPTOSUITE, "the type of the proof is not DataIntegrityProof");
        time(json, "created");
        text(json, "nonce");
        var id = text(json, "id");
        if (id != null && !Shape.isUrl(id)) throw flawed("the proof's id is not a URL");
        return new Proof(
                json,
                required(json, "cryptosuite"),
                required(json, "verificationMethod"),
                required(json, "proofPurpose"),
                id,
                time(json, "expires"),
                texts(json, "domain"),
                text(json, "challenge"),
                texts(json, "previousProof"),
                signature(required(json, "proofValue")));
    }

    /// The proof without its value: what was signed beside the document.
    ObjectNode options() {
        return Shape.without(json, "proofValue");
    }

    private static Bytes signature(String value) throws Flawed {
        try {
            var signature = Multibase.decodeBase58btc(value);
            if (signature.length() == SIGNATURE) return signature;
        } catch (IllegalArgumentException e) {
            throw flawed("the proofValue is wrong: " + e.getMessage());
        }
        throw flawed("the proofValue does not hold a signature of 64 bytes");
    }

    private static String required(ObjectNode json, String name) throws Flawed {
        var text = text(json, name);
        if (text == null) throw flawed("the proof has no " + name);
        return text;
    }

    private static @Nullable String text(ObjectNode json, String name) throws Flawed {
        var value = json.get(name);
        if (value == null) return null;
        if (!value.isString()) throw flawed("the proof's " + name + " is not a string");
        return value.stringValue();
    }

    private static List<String> texts(ObjectNode json, String name) throws Flawed {
        var value = json.get(name);
        if (value == null) return List.of();
        if (value.isString()) return List.of(value.stringValue());
        var texts = new ArrayList<String>();
        for (var one : value) {
            if (!one.isString()) throw flawed("the proof's " + name + " holds what is no string");
            texts.add(one.stringValue());
        }
        if (!value.isArray() || texts.isEmpty())
            throw flawed("the proof's " + name + " is neither a string nor a list of strings");
        return texts;
    }

    private static @Nullable Instant time(ObjectNode json, String name) throws Flawed {
        var text = text(json, name);
        try {
            return text == null ? null : DateTimeStamp.parse(text);
        } catch (IllegalArgumentException e) {
            throw flawed("the proof's " + name + " is " + e.getMessage());
        }
    }

    private static Flawed flawed(String why) {
        return new Flawed(Flaw.MALFORMED_PROOF, why);
    }
}
