// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.TlogProof;
import org.carnet.log.Unverified;
import org.carnet.log.VerifiedCheckpoint;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// What a node says it has forgotten: a compact JWS (RFC 7515, EdDSA) around JSON (docs/wire/erasure-receipt.md).
///
/// The tombstone binds it to the log: that record names the node and the commitment to the subject, openly, and the
/// receipt carries its inclusion proof. Whoever holds the receipt and knows the subject opens the commitment; the log and
/// the node keep nothing that could.
public record ErasureReceipt(
        DidKey node,
        String origin,
        Subject subject,
        boolean whole,
        List<Erased> erased,
        Instant at,
        TlogProof tombstone,
        List<Place> reached,
        List<Place> pending) {
    private static final String TYPE = "erasure-receipt+jws";
    private static final int MOST_BYTES = 4 << 20;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public ErasureReceipt {
        erased = List.copyOf(erased);
        reached = List.copyOf(reached);
        pending = List.copyOf(pending);
    }

    /// Who was forgotten, hidden in a hash: the SHA-256 of the nonce and the subject's name.
    public record Subject(Bytes commitment, Bytes nonce) {
        public static final int NONCE = 32;

        public static Subject of(String subject, Bytes nonce) {
            return new Subject(commit(subject, nonce), nonce);
        }

        public boolean is(String subject) {
            return commit(subject, nonce).equals(commitment);
        }

        /// What the tombstone is about.
        public String named() {
            return commitment.toBase64Url();
        }

        private static Bytes commit(String subject, Bytes nonce) {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                digest.update(nonce.unsafeArray());
                return Bytes.unsafe(digest.digest(subject.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java has SHA-256", e);
            }
        }
    }

    /// One destroyed key: it had sealed so many records of the time from `from` to `until`, between `first` and `last`.
    public record Erased(
            long key, Instant from, Instant until, long records, long first, long last) {}

    /// Where data lay, and what became of it there.
    public record Place(String place, String what) {}

    /// What came of verifying a receipt.
    public sealed interface Verdict {}

    /// The node said this, and the tombstone is in its log.
    public record Verified(ErasureReceipt receipt, VerifiedCheckpoint checkpoint)
            implements Verdict {}

    /// It does not hold, for the reason given in one clause.
    public record Failed(String reason) implements Verdict {}

    /// The receipt as one line of text.
    public String sign(SigningKey key) {
        if (key.algorithm() != Algorithm.ED25519 || !key.did().equals(node)) {
            throw new IllegalArgumentException("the node itself signs, with Ed25519");
        }
        var header =
                JSON.createObjectNode()
                        .put("alg", "EdDSA")
                        .put("typ", TYPE)
                        .put("kid", node.keyId());
        var signed = encoded(header) + "." + encoded(json());
        var signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Bytes.unsafe(signature).toBase64Url();
    }

    private static String encoded(JsonNode json) {
        return Bytes.unsafe(JSON.writeValueAsBytes(json)).toBase64Url();
    }

    /// Verifies a receipt of the log with these keys, offline.
    public static Verdict verify(String receipt, LogVerifier log) {
        try {
            if (receipt.length() > MOST_BYTES) return new Failed("it is too long");
            return verified(receipt, log);
        } catch (IllegalArgumentException | JacksonException | DateTimeParseException malformed) {
            return new Failed("it is not an erasure receipt: " + malformed.getMessage());
        }
    }

    private static Verdict verified(String text, LogVerifier log) {
        var parts = text.strip().split("\\.", -1);
        if (parts.length != 3) return new Failed("a compact JWS has three parts");
        var header = JSON.readTree(Bytes.base64Url(parts[0]).unsafeArray());
        var receipt = parse(JSON.readTree(Bytes.base64Url(parts[1]).unsafeArray()));
        var expected =
                JSON.createObjectNode()
                        .put("alg", "EdDSA")
                        .put("typ", TYPE)
                        .put("kid", receipt.node.keyId());
        if (!header.equals(expected)) return new Failed("its header is not that of a receipt");
        if (receipt.node.algorithm() != Algorithm.ED25519) {
            return new Failed("a node signs with Ed25519");
        }
        var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        var signature = Bytes.base64Url(parts[2]).unsafeArray();
        if (!VerificationKey.of(receipt.node).verify(signed, signature)) {
            return new Failed("the node that it names has not signed it");
        }
        return receipt.onRecord(log);
    }

    private Verdict onRecord(LogVerifier log) {
        if (tombstone.extra().isEmpty()) return new Failed("it does not show the tombstone");
        var leaf = tombstone.extra().get();
        return switch (tombstone.verify(MerkleHash.leaf(leaf), log)) {
            case Unverified unverified -> new Failed("the tombstone: " + unverified.reason());
            case VerifiedCheckpoint checkpoint -> {
                var record = Record.parse(leaf);
                if (record.kind() != Record.Kind.ERASED
                        || !record.actor().equals(Pseudonym.open(node.value()))
                        || !record.about().equals(Pseudonym.open(subject.named()))) {
                    yield new Failed("the record that it shows is not its tombstone");
                }
                if (!checkpoint.checkpoint().origin().equals(origin)) {
                    yield new Failed("the tombstone is in another log");
                }
                yield new Verified(this, checkpoint);
            }
        };
    }

    private ObjectNode json() {
        var json =
                JSON.createObjectNode()
                        .put("receipt", "carnet erasure 1")
                        .put("node", node.value())
                        .put("origin", origin);
        json.putObject("subject")
                .put("commitment", subject.commitment().toBase64Url())
                .put("nonce", subject.nonce().toBase64Url());
        json.put("whole", whole);
        var keys = json.putArray("erased");
        for (var key : erased) {
            keys.addObject()
                    .put("key", key.key())
                    .put("from", key.from().toString())
                    .put("until", key.until().toString())
                    .put("records", key.records())
                    .put("first", key.first())
                    .put("last", key.last());
        }
        json.put("at", at.toString());
        json.put("tombstone", tombstone.encode().toUtf8());
        places(json, "reached", reached);
        places(json, "pending", pending);
        return json;
    }

    private static void places(ObjectNode json, String name, List<Place> places) {
        var list = json.putArray(name);
        for (var place : places) {
            list.addObject().put("place", place.place()).put("what", place.what());
        }
    }

    private static ErasureReceipt parse(JsonNode json) {
        if (!text(json, "receipt").equals("carnet erasure 1")) {
            throw new IllegalArgumentException("it does not call itself one");
        }
        var subject = json.path("subject");
        var erased = new ArrayList<Erased>();
        for (var key : json.path("erased")) {
            erased.add(
                    new Erased(
                            key.path("key").asLong(),
                            Instant.parse(text(key, "from")),
                            Instant.parse(text(key, "until")),
                            key.path("records").asLong(),
                            key.path("first").asLong(),
                            key.path("last").asLong()));
        }
        return new ErasureReceipt(
                DidKey.parse(text(json, "node")),
                text(json, "origin"),
                new Subject(
                        Bytes.base64Url(text(subject, "commitment")),
                        Bytes.base64Url(text(subject, "nonce"))),
                json.path("whole").asBoolean(),
                erased,
                Instant.parse(text(json, "at")),
                TlogProof.parse(Bytes.utf8(text(json, "tombstone"))),
                places(json.path("reached")),
                places(json.path("pending")));
    }

    private static List<Place> places(JsonNode list) {
        var places = new ArrayList<Place>();
        for (var one : list) places.add(new Place(text(one, "place"), text(one, "what")));
        return places;
    }

    private static String text(JsonNode json, String member) {
        var value = json.path(member);
        if (!value.isString()) throw new IllegalArgumentException("\"" + member + "\" is a text");
        return value.asString();
    }
}
