// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/// What a new proof says besides its signature.
///
/// @param method the verification method: the DID URL of the key
/// @param purpose `assertionMethod` for a statement, `authentication` for a presentation
/// @param created when; null says nothing
/// @param expires until when the proof is good; null says nothing
/// @param domain for whom; null says nothing
/// @param challenge what the verifier asked to be signed; null says nothing
/// @param id how later proofs name this one; null says nothing
/// @param previousProof the id of the proof that this one covers as well; null covers none
public record ProofOptions(
        String method,
        String purpose,
        @Nullable Instant created,
        @Nullable Instant expires,
        @Nullable String domain,
        @Nullable String challenge,
        @Nullable String id,
        @Nullable String previousProof) {
    public static final String ASSERTION = "assertionMethod";
    public static final String AUTHENTICATION = "authentication";

    /// Options for a statement.
    public static ProofOptions assertion(String method, Instant created) {
        return new ProofOptions(method, ASSERTION, created, null, null, null, null, null);
    }

    /// Options for a presentation to one verifier, over that verifier's challenge.
    public static ProofOptions authentication(
            String method, Instant created, String domain, String challenge) {
        return new ProofOptions(
                method, AUTHENTICATION, created, null, domain, challenge, null, null);
    }

    ObjectNode json(Cryptosuite suite) {
        var json = Json.object();
        json.put("type", Proof.TYPE);
        json.put("cryptosuite", suite.name());
        if (id != null) json.put("id", id);
        if (created != null) json.put("created", DateTimeStamp.of(created));
        if (expires != null) json.put("expires", DateTimeStamp.of(expires));
        json.put("verificationMethod", method);
        json.put("proofPurpose", purpose);
        if (domain != null) json.put("domain", domain);
        if (challenge != null) json.put("challenge", challenge);
        if (previousProof != null) json.put("previousProof", previousProof);
        return json;
    }
}
