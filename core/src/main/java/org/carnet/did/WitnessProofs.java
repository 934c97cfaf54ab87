// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.credential.ProofExpectation;
import org.carnet.credential.VerifiedDocument;
import org.carnet.jose.Json;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The approvals of witnesses (did:webvh 1.0, "DID Witnesses"): who approved which version, and so all before it.
///
/// An approval is over a version's id alone, so one for another DID would fit any; only those of versions that are in this
/// history count.
final class WitnessProofs {
    private static final int LONGEST = 1 << 18;

    private final Map<String, Map<Integer, List<JsonNode>>> byWitness = new HashMap<>();
    private final List<DidHistory.Version> versions;
    private final Instant now;

    private WitnessProofs(List<DidHistory.Version> versions, Instant now) {
        this.versions = versions;
        this.now = now;
    }

    static WitnessProofs read(@Nullable Bytes file, List<DidHistory.Version> versions, Instant now)
            throws Broken {
        var proofs = new WitnessProofs(versions, now);
        if (file == null) return proofs;
        try {
            if (file.length() > LONGEST) throw new IllegalArgumentException("it is too long");
            for (var approval : Json.tree(file)) proofs.add(approval);
        } catch (IllegalArgumentException e) {
            throw new Broken(HistoryFlaw.NOT_WITNESSED, "the witnesses' file: " + e.getMessage());
        }
        return proofs;
    }

    private void add(JsonNode approval) {
        var id = approval.path("versionId").asString("");
        var version = versions.stream().filter(one -> one.id().equals(id)).findFirst();
        if (version.isEmpty()) return;
        var proofs = approval.path("proof");
        for (var proof : proofs.isArray() ? proofs : List.of(proofs)) {
            var method = proof.path("verificationMethod").asString("");
            var witness = method.substring(0, Math.max(0, method.indexOf('#')));
            byWitness
                    .computeIfAbsent(witness, key -> new HashMap<>())
                    .computeIfAbsent(version.get().number(), key -> new ArrayList<>())
                    .add(proof);
        }
    }

    /// Every version that had to be approved was, by enough of those who were witnesses then.
    void require(List<DidHistory.Version> versions, List<Parameters> rules) throws Broken {
        for (int i = 0; i < versions.size(); i++) {
            // New witnesses count from the next entry on; the first ones from their own.
            var rule = i > 0 && rules.get(i - 1).isWitnessed() ? rules.get(i - 1) : rules.get(i);
            if (!rule.isWitnessed()) continue;
            int number = versions.get(i).number();
            long approving =
                    rule.witnesses().stream().filter(witness -> approves(witness, number)).count();
            if (approving < rule.threshold())
                throw new Broken(
                        HistoryFlaw.NOT_WITNESSED,
                        "%d of %d witnesses approved version %d"
                                .formatted(approving, rule.threshold(), number));
        }
    }

    private boolean approves(String witness, int number) {
        return byWitness.getOrDefault(witness, Map.of()).entrySet().stream()
                .filter(approved -> approved.getKey() >= number)
                .anyMatch(
                        approved ->
                                approved.getValue().stream()
                                        .anyMatch(it -> holds(witness, approved.getKey(), it)));
    }

    private boolean holds(String witness, int number, JsonNode proof) {
        var document = Json.object().put("versionId", versions.get(number - 1).id());
        document.set("proof", proof);
        return HistoryReader.integrity(Set.of(witness))
                        .verify(document, ProofExpectation.ASSERTION, now)
                instanceof VerifiedDocument;
    }
}
