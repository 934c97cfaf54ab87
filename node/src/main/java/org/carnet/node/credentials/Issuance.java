// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.Credential;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Cryptosuite;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.Envelope;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Status;
import org.carnet.credential.StatusEntry;
import org.carnet.jose.Json;
import org.carnet.log.Record;

import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Issues credentials in this node's own name, and revokes them.
///
/// Every credential that can be revoked has an entry of its own, at random, and every act is on the record before anybody
/// has the credential or sees the list.
final class Issuance {
    private static final String PROOFS = "https://w3id.org/security/data-integrity/v2";

    private final OwnIssuer issuer;
    private final IssuedStore store;
    private final OwnLists lists;
    private final JsonLdGraph graph;
    private final CredentialVerifier.Documents documents;
    private final Diary diary;
    private final SecureRandom random;
    private final InstantSource clock;

    Issuance(
            OwnIssuer issuer,
            IssuedStore store,
            OwnLists lists,
            JsonLdGraph graph,
            CredentialVerifier.Documents documents,
            Diary diary,
            SecureRandom random,
            InstantSource clock) {
        this.issuer = issuer;
        this.store = store;
        this.lists = lists;
        this.graph = graph;
        this.documents = documents;
        this.diary = diary;
        this.random = random;
        this.clock = clock;
    }

    OwnIssuer issuer() {
        return issuer;
    }

    /// The credential, ready to be signed once or several times: with its id, its status, and on the record.
    ///
    /// @param revocable whether it gets an entry in a status list, unless it names one
    /// @param by who asked for it
    /// @throws IllegalArgumentException if this node cannot issue it, with one sentence that says why
    ObjectNode prepare(ObjectNode given, boolean revocable, String by) {
        var json = given.deepCopy();
        if (!json.has("id")) json.put("id", "urn:uuid:" + uuid());
        if (!json.has("issuer")) json.put("issuer", issuer.did());
        var credential = Credential.parse(json);
        boolean second = Credential.V2.equals(json.path("@context").path(0).stringValue(""));
        if (!second) nameProofs(json, revocable);
        if (!credential.issuer().equals(issuer.did()))
            throw new IllegalArgumentException("the issuer is not this node, " + issuer.did());
        graph.requireLossless(json);
        for (var resource : credential.relatedResources())
            if (!documents.match(resource).orElse(true))
                throw new IllegalArgumentException(
                        "the digest of " + resource.id() + " is another one");
        if (revocable && credential.status().isEmpty()) allocate(json);
        var act = Json.object().put("act", "issued").put("credential", id(json));
        credential.types().forEach(type -> act.withArray("types").add(type));
        diary.append(Record.Kind.ISSUED, issuer.did(), by, id(json), act);
        return json;
    }

    /// The data model 1.1 lacks the words of today's proofs, and of status lists.
    private static void nameProofs(ObjectNode json, boolean revocable) {
        if (revocable)
            throw new IllegalArgumentException(
                    "a credential of the data model 1.1 cannot be revoked here");
        for (var context : json.path("@context"))
            if (PROOFS.equals(context.stringValue(""))) return;
        json.withArray("@context").add(PROOFS);
    }

    private UUID uuid() {
        long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
        long variant = (random.nextLong() >>> 2) | (1L << 63);
        return new UUID(version4, variant);
    }

    private static String id(ObjectNode credential) {
        return credential.path("id").stringValue("");
    }

    private void allocate(ObjectNode json) {
        var place =
                store.allocate(id(json), issuer.did(), clock.instant())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "a credential of this id was issued before"));
        var entries = json.putArray("credentialStatus");
        for (var told : new Status[] {Status.REVOKED, Status.SUSPENDED})
            entries.add(
                    new StatusEntry(told.purpose(), place.entry(), lists.url(place.list(), told))
                            .json());
    }

    /// The prepared credential with a proof of this node.
    ObjectNode proven(ObjectNode prepared, Cryptosuite suite) {
        var options = ProofOptions.assertion(issuer.method(), clock.instant());
        return DataIntegrity.sign(prepared, suite, options, issuer.key());
    }

    /// The prepared credential inside a JWT of this node.
    ObjectNode enveloped(ObjectNode prepared) {
        return Envelope.ofCredential(jwt(prepared));
    }

    String jwt(ObjectNode prepared) {
        return JoseCredential.sign(prepared, issuer.method(), issuer.key());
    }

    /// Makes the status of a credential another one; what is revoked stays so.
    ///
    /// @return what it is now; empty if this node issued none of that id that can be revoked
    synchronized Optional<Status> mark(String id, Status status, String by) {
        var place = store.find(id);
        if (place.isEmpty()) return Optional.empty();
        if (place.get().status() == Status.REVOKED || place.get().status() == status)
            return place.map(IssuedStore.Place::status);
        var act =
                Json.object()
                        .put("act", status == Status.VALID ? "reinstated" : status.purpose())
                        .put("credential", id);
        diary.append(Record.Kind.REVOKED, issuer.did(), by, id, act);
        store.mark(id, status);
        lists.changed(place.get().list());
        return Optional.of(status);
    }
}
