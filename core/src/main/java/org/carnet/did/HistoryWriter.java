// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.credential.DataIntegrity;
import org.carnet.credential.DateTimeStamp;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.ProofOptions;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;

/// Writes the history of a did:webvh of one's own, whose one key signs everything and whose next key is committed to
/// before anybody sees it (pre-rotation).
///
/// A thief of the key can sign with it until it is rotated, and can never rotate it: that takes the next key.
public final class HistoryWriter {
    private HistoryWriter() {}

    /// A new DID at this place, as the first line of its history.
    ///
    /// @param location host, `%3A` and port, and path, as they will stand in the DID
    public static Bytes create(String location, SigningKey key, DidKey next, Instant now) {
        var placeholder = DidWebvh.PREFIX + LogEntry.PLACEHOLDER + ":" + location;
        var parameters = keys(Json.object(), key.did(), next);
        parameters.put("method", Parameters.METHOD).put("scid", LogEntry.PLACEHOLDER);
        var draft = entry(LogEntry.PLACEHOLDER, now, parameters, document(placeholder, key.did()));
        var scid = LogEntry.scid(draft, LogEntry.PLACEHOLDER);
        DidWebvh.at(scid, location); // a place that cannot be resolved is refused here
        var text = Json.text(draft).replace(LogEntry.PLACEHOLDER, scid);
        return signed(Json.object(Bytes.utf8(text)), 1, scid, key, now);
    }

    /// The next line: the committed key takes over, and another one is committed to.
    ///
    /// @param key the key that the history committed to
    /// @param keep keys whose statements stay good; they sign nothing any more
    /// @throws IllegalArgumentException if the key is not the committed one
    public static Bytes rotate(
            DidHistory history, SigningKey key, DidKey next, List<DidKey> keep, Instant now) {
        if (!history.committed().contains(hash(key.did())))
            throw new IllegalArgumentException("the history committed to another key");
        var did = history.did().value();
        var document = document(did, key.did());
        for (var old : keep) {
            var name = did + "#" + DidDocument.multikey(old);
            document.withArray("verificationMethod")
                    .addObject()
                    .put("id", name)
                    .put("type", "Multikey")
                    .put("controller", did)
                    .put("publicKeyMultibase", DidDocument.multikey(old));
            document.withArray("assertionMethod").add(name);
        }
        return next(history, keys(Json.object(), key.did(), next), document, key, now);
    }

    /// The last line of all: nobody speaks for the DID any more.
    public static Bytes deactivate(DidHistory history, SigningKey key, Instant now) {
        var parameters = Json.object();
        parameters.putArray("updateKeys").add(DidDocument.multikey(key.did()));
        parameters.putArray("nextKeyHashes");
        parameters.put("deactivated", true);
        return next(history, parameters, history.latest().state(), key, now);
    }

    /// The name of the key in the document of the DID.
    public static String keyId(DidWebvh did, DidKey key) {
        return did + "#" + DidDocument.multikey(key);
    }

    private static Bytes next(
            DidHistory history,
            ObjectNode parameters,
            ObjectNode document,
            SigningKey key,
            Instant now) {
        var latest = history.latest();
        var later = now.isAfter(latest.time().plusSeconds(1)) ? now : latest.time().plusSeconds(1);
        var entry = entry(latest.id(), later, parameters, document);
        return signed(entry, latest.number() + 1, latest.id(), key, later);
    }

    private static ObjectNode keys(ObjectNode parameters, DidKey key, DidKey next) {
        parameters.putArray("updateKeys").add(DidDocument.multikey(key));
        parameters.putArray("nextKeyHashes").add(hash(next));
        return parameters;
    }

    private static String hash(DidKey key) {
        return Multihash.of(Bytes.utf8(DidDocument.multikey(key)));
    }

    private static ObjectNode document(String did, DidKey key) {
        var document = Json.object();
        document.putArray("@context")
                .add("https://www.w3.org/ns/did/v1")
                .add("https://w3id.org/security/multikey/v1");
        document.put("id", did);
        DidDocument.addKey(document, did, did + "#" + DidDocument.multikey(key), key);
        return document;
    }

    private static ObjectNode entry(
            String versionId, Instant time, ObjectNode parameters, ObjectNode state) {
        var entry = Json.object();
        entry.put("versionId", versionId).put("versionTime", DateTimeStamp.of(time));
        entry.set("parameters", parameters);
        entry.set("state", state);
        return entry;
    }

    private static Bytes signed(
            ObjectNode entry, int number, String predecessor, SigningKey key, Instant now) {
        entry.put("versionId", number + "-" + LogEntry.hash(entry, predecessor));
        var options = ProofOptions.assertion(key.did().keyId(), now);
        var secured = DataIntegrity.sign(entry, EddsaJcs.SUITE, options, key);
        return Bytes.utf8(Json.text(secured) + "\n");
    }
}
