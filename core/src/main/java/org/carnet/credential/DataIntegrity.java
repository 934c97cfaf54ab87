// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Multibase;
import org.carnet.identity.SigningKey;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts proofs on JSON documents and checks them (VC Data Integrity 1.0, section 4), alone, in sets and in chains.
///
/// Every proof of a document has to hold. Safe for use by many threads.
public final class DataIntegrity {
    /// A document with more proofs than this is refused, since each costs a signature check.
    private static final int MOST_PROOFS = 8;

    private static final String PROOF = "proof";

    private final Map<String, Cryptosuite> suites;
    private final VerificationMethods methods;

    public DataIntegrity(Collection<? extends Cryptosuite> suites, VerificationMethods methods) {
        this.suites =
                suites.stream().collect(Collectors.toMap(Cryptosuite::name, Function.identity()));
        this.methods = methods;
    }

    /// A copy of the document with one more proof.
    ///
    /// @throws IllegalArgumentException if the key is no Ed25519 key, the document has no canonical form, or the previous
    ///     proof is not there
    public static ObjectNode sign(
            ObjectNode document, Cryptosuite suite, ProofOptions options, SigningKey key) {
        if (key.algorithm() != Algorithm.ED25519)
            throw new IllegalArgumentException(suite.name() + " signs with Ed25519 only");
        try {
            var present = proofsOf(document);
            var unsecured = unsecured(document);
            var json = suite.optionsOf(unsecured, options.json(suite));
            var covered = covering(unsecured, previous(present, texts(options.previousProof())));
            var signature = key.sign(suite.hash(covered, json).unsafeArray());
            json.put("proofValue", Multibase.base58btc(Bytes.unsafe(signature)));
            return withProof(unsecured, present, json);
        } catch (Flawed e) {
            throw new IllegalArgumentException(e.refused().why(), e);
        }
    }

    /// The document without its proofs, if each of them holds and is what was expected.
    ///
    /// @param now when: proofs may have expired
    public Verification verify(ObjectNode secured, ProofExpectation expected, Instant now) {
        try {
            var proofs = proofsOf(secured);
            if (proofs.isEmpty()) throw new Flawed(Flaw.NO_PROOF, "the document has no proof");
            var unsecured = unsecured(secured);
            var signed = unsecured;
            var signatures = new ArrayList<VerifiedDocument.Signature>();
            for (var node : proofs) {
                var proof = Proof.parse(node);
                expected.check(proof);
                if (proof.expires() != null && !now.isBefore(proof.expires()))
                    throw new Flawed(Flaw.EXPIRED, "the proof has expired");
                var document = signedDocument(unsecured, proof);
                signatures.add(check(document, proof, previous(proofs, proof.previous())));
                // Each proof may have signed fewer contexts; what all of them signed is what holds.
                signed = fewerContexts(signed, document);
            }
            return new VerifiedDocument(signed.deepCopy(), signatures);
        } catch (Flawed e) {
            return e.refused();
        }
    }

    private static ObjectNode fewerContexts(ObjectNode one, ObjectNode other) {
        return other.path("@context").size() < one.path("@context").size() ? other : one;
    }

    private Cryptosuite suite(Proof proof) throws Flawed {
        var suite = suites.get(proof.cryptosuite());
        if (suite == null)
            throw new Flawed(
                    Flaw.UNKNOWN_CRYPTOSUITE,
                    "the cryptosuite of the proof is none of " + suites.keySet());
        return suite;
    }

    private ObjectNode signedDocument(ObjectNode unsecured, Proof proof) throws Flawed {
        try {
            return suite(proof).signedDocument(unsecured, proof.options());
        } catch (IllegalArgumentException e) {
            throw new Flawed(Flaw.WRONG_CONTEXT, String.valueOf(e.getMessage()));
        }
    }

    private VerifiedDocument.Signature check(
            ObjectNode document, Proof proof, List<JsonNode> previous) throws Flawed {
        var found = key(proof);
        Bytes hash;
        try {
            hash = suite(proof).hash(covering(document, previous), proof.options());
        } catch (IllegalArgumentException e) {
            throw new Flawed(Flaw.NOT_CANONICAL, String.valueOf(e.getMessage()));
        }
        if (!found.key().verify(hash.unsafeArray(), proof.value().unsafeArray()))
            throw new Flawed(
                    Flaw.BAD_SIGNATURE,
                    "the signature of the proof does not belong to this document and "
                            + found.key());
        return new VerifiedDocument.Signature(proof.method(), found.controller());
    }

    private VerificationMethods.Found key(Proof proof) throws Flawed {
        return switch (methods.find(proof.method(), proof.purpose())) {
            case VerificationMethods.NotFound(var why) -> throw new Flawed(Flaw.NO_KEY, why);
            case VerificationMethods.Found found -> {
                if (found.key().did().algorithm() != Algorithm.ED25519)
                    throw new Flawed(Flaw.NO_KEY, "the key of the proof is not an Ed25519 key");
                yield found;
            }
        };
    }

    private static List<String> texts(@Nullable String one) {
        return one == null ? List.of() : List.of(one);
    }

    private static List<JsonNode> proofsOf(ObjectNode document) throws Flawed {
        var proof = document.get(PROOF);
        if (proof == null) return List.of();
        var proofs = new ArrayList<JsonNode>();
        if (proof.isArray()) proof.forEach(proofs::add);
        else proofs.add(proof);
        if (proofs.size() > MOST_PROOFS)
            throw new Flawed(
                    Flaw.MALFORMED_PROOF, "more than " + MOST_PROOFS + " proofs are not checked");
        return proofs;
    }

    /// The proofs with these ids, in the order of the document (section 4.5, steps 3.2 and 3.3).
    private static List<JsonNode> previous(List<JsonNode> proofs, List<String> ids) throws Flawed {
        var found = new ArrayList<JsonNode>();
        for (var id : ids) {
            var one =
                    proofs.stream()
                            .filter(proof -> id.equals(proof.path("id").stringValue("")))
                            .toList();
            if (one.size() != 1)
                throw new Flawed(
                        Flaw.PREVIOUS_PROOF_MISSING,
                        "the proof builds on a previous proof that is not there exactly once");
            found.addAll(one);
        }
        return found;
    }

    private static ObjectNode unsecured(ObjectNode document) {
        return Shape.without(document, PROOF);
    }

    private static ObjectNode covering(ObjectNode unsecured, List<JsonNode> previous) {
        if (previous.isEmpty()) return unsecured;
        var covered = unsecured.deepCopy();
        var proofs = covered.putArray(PROOF);
        previous.forEach(proof -> proofs.add(proof.deepCopy()));
        return covered;
    }

    private static ObjectNode withProof(
            ObjectNode unsecured, List<JsonNode> present, ObjectNode proof) {
        var secured = unsecured.deepCopy();
        if (present.isEmpty()) {
            secured.set(PROOF, proof);
        } else {
            ArrayNode all = secured.putArray(PROOF);
            present.forEach(one -> all.add(one.deepCopy()));
            all.add(proof);
        }
        return secured;
    }
}
