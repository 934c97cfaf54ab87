// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import org.carnet.Bytes;
import org.carnet.envelope.SignedPack;
import org.carnet.identity.VerificationKey;
import org.carnet.log.Hash;
import org.carnet.log.Record;

import tools.jackson.databind.node.ObjectNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One record in a report: what it says to everybody, what its details say, and how it is proven.
///
/// ```json
/// {"index":12,"time":"…","kind":"received","assurance":"thing","actor":{"pseudonym":"…","name":"…"},"about":{…},
///  "leaf":"…","fingerprints":{"sealed":"…","plain":"…"},"signature":{…},"envelope":"…","proof":[3,7],"hash":"…"}
/// ```
///
/// Details are empty if their key was destroyed, or if the report tells fingerprints only.
public final class ReportLine {
    private static final Set<String> MEMBERS =
            Set.of(
                    "index",
                    "time",
                    "kind",
                    "assurance",
                    "actor",
                    "about",
                    "leaf",
                    "fingerprints",
                    "erased",
                    "signature",
                    "proof",
                    "hash");

    private final ObjectNode json;
    private final long index;
    private final Bytes leaf;
    private final Optional<Bytes> details;
    private final List<Integer> proof;

    private ReportLine(
            ObjectNode json, long index, Bytes leaf, Optional<Bytes> details, List<Integer> proof) {
        this.json = json;
        this.index = index;
        this.leaf = leaf;
        this.details = details;
        this.proof = List.copyOf(proof);
    }

    /// What a node tells of a record.
    ///
    /// @param actor the name behind the pseudonym, where the node can tell
    /// @param details what was sealed; empty if its key was destroyed
    /// @param withDetails whether the details themselves are told, and not their fingerprint only
    /// @param proof the way to the root, as places in the list of hashes that all lines share
    public static ReportLine of(
            long index,
            Bytes leaf,
            Optional<String> actor,
            Optional<String> about,
            Optional<Bytes> details,
            boolean withDetails,
            List<Integer> proof) {
        var record = Record.parse(leaf);
        var json = ReportJson.MAPPER.createObjectNode();
        json.put("index", index)
                .put("time", record.time().toString())
                .put("kind", name(record.kind()))
                .put("assurance", name(record.assurance()));
        party(json, "actor", record.actor().toHex(), actor);
        party(json, "about", record.about().toHex(), about);
        json.put("leaf", leaf.toBase64());
        var fingerprints = json.putObject("fingerprints");
        fingerprints.put("sealed", record.sealed().toBase64());
        details.ifPresent(plain -> fingerprints.put("plain", sha256(plain).toBase64()));
        details.ifPresentOrElse(
                plain -> describe(json, record.kind(), plain, withDetails),
                () -> json.put("erased", true));
        var places = json.putArray("proof");
        proof.forEach(places::add);
        json.put("hash", hashOf(json));
        return new ReportLine(json, index, leaf, withDetails ? details : Optional.empty(), proof);
    }

    public long index() {
        return index;
    }

    /// The record, as it stands in the log.
    public Bytes leaf() {
        return leaf;
    }

    public Optional<Bytes> details() {
        return details;
    }

    List<Integer> proof() {
        return proof;
    }

    /// A copy of the line.
    public ObjectNode json() {
        return json.deepCopy();
    }

    /// How many bytes it takes in a report.
    public int length() {
        return Bytes.utf8(text()).length();
    }

    String text() {
        return ReportJson.MAPPER.writeValueAsString(json);
    }

    private static void party(
            ObjectNode json, String role, String pseudonym, Optional<String> name) {
        var party = json.putObject(role).put("pseudonym", pseudonym);
        name.ifPresent(told -> party.put("name", told));
    }

    private static void describe(
            ObjectNode json, Record.Kind kind, Bytes plain, boolean withDetails) {
        if (kind != Record.Kind.RECEIVED) {
            if (withDetails) json.put("details", plain.toUtf8());
            return;
        }
        if (SignedPack.decode(plain) instanceof SignedPack pack) {
            json.putObject("signature")
                    .put("thing", pack.thing().value())
                    .put("signer", pack.signer().value())
                    .put("algorithm", name(pack.signer().algorithm()))
                    .put("form", name(pack.form()).replace('_', '-'))
                    .put("sequence", pack.sequence())
                    .put("signedAt", pack.signedAt().toString())
                    .put("verified", isVerified(pack));
        }
        if (withDetails) json.put("envelope", plain.toBase64());
    }

    /// A did:key is its own public key, so nobody needs to be asked for it.
    private static boolean isVerified(SignedPack pack) {
        return !(pack.verify(VerificationKey.of(pack.signer()))
                instanceof org.carnet.envelope.Refused);
    }

    /// The SHA-256 of a line's compact JSON without its last member, which is this.
    static String hashOf(ObjectNode json) {
        var rest = json.deepCopy();
        rest.remove("hash");
        return sha256(Bytes.utf8(ReportJson.MAPPER.writeValueAsString(rest))).toBase64();
    }

    static Hash sha256(Bytes bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return new Hash(Bytes.unsafe(digest.digest(bytes.unsafeArray())));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// The line that says exactly this.
    static ReportLine parse(ObjectNode json) throws Malformed {
        var told = ReportJson.text(json, "hash");
        if (!told.equals(hashOf(json))) throw new Malformed("it is not what its hash says");
        var leaf = ReportJson.base64(json, "leaf");
        Record record;
        try {
            record = Record.parse(leaf);
        } catch (IllegalArgumentException malformed) {
            throw new Malformed("its leaf is no record: " + malformed.getMessage());
        }
        Optional<Bytes> details = Optional.empty();
        if (json.has("envelope")) details = Optional.of(ReportJson.base64(json, "envelope"));
        if (json.has("details"))
            details = Optional.of(Bytes.utf8(ReportJson.text(json, "details")));
        var index = ReportJson.number(json, "index");
        var proof = places(json);
        if (details.isEmpty()) {
            requireSame(json, record);
        } else {
            var actor = party(json, "actor");
            var about = party(json, "about");
            var expected = of(index, leaf, actor, about, details, true, proof);
            if (!ReportJson.same(expected.json, json)) {
                throw new Malformed("it is not what its leaf and details say");
            }
        }
        return new ReportLine(json, index, leaf, details, proof);
    }

    private static Optional<String> party(ObjectNode json, String role) throws Malformed {
        var party = ReportJson.object(json, role);
        return party.has("name") ? Optional.of(ReportJson.text(party, "name")) : Optional.empty();
    }

    private static List<Integer> places(ObjectNode json) throws Malformed {
        if (!json.path("proof").isArray()) throw new Malformed("its proof is missing");
        var places = json.path("proof").values().stream().toList();
        for (var place : places) {
            if (!place.isInt() || place.intValue() < 0) {
                throw new Malformed("its proof has a place that is no number");
            }
        }
        return places.stream().map(place -> place.intValue()).toList();
    }

    /// Without details, who acted and what the plain fingerprint is are the node's word; the rest stands in the leaf.
    private static void requireSame(ObjectNode json, Record record) throws Malformed {
        if (!MEMBERS.containsAll(json.propertyNames())) {
            throw new Malformed("it has members that a line has not");
        }
        same(json, "time", record.time().toString());
        same(json, "kind", name(record.kind()));
        same(json, "assurance", name(record.assurance()));
        same(ReportJson.object(json, "actor"), "pseudonym", record.actor().toHex());
        same(ReportJson.object(json, "about"), "pseudonym", record.about().toHex());
        same(ReportJson.object(json, "fingerprints"), "sealed", record.sealed().toBase64());
    }

    private static void same(ObjectNode json, String member, String expected) throws Malformed {
        if (!ReportJson.text(json, member).equals(expected)) {
            throw new Malformed("its " + member + " is not what its leaf says");
        }
    }
}
