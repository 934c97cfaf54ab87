// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a backup holds: the one object that is replaced, and that names all others (docs/wire/backup.md).
///
/// A part is good for one run of records and never changes, so that an old part, a part less or a part of another
/// backup is noticed by its hash; an old manifest is noticed by its generation.
///
/// @param backup what all objects of one backup are bound to
/// @param generation counts the manifests of this backup, from 1 on
/// @param checkpoint signed by the log, of exactly the records that the parts hold
/// @param witnessed the newest checkpoint with the cosignatures that the log's policy asks for, if there was one
/// @param hashes what stands for the records that the log had removed before it was backed up: the hashes of their
///     leaves, and for what is behind the last full tile the leaves
/// @param parts of the records after those, in their order and without a gap
/// @param state the pieces of the bundle of keys and tables
record Manifest(
        Bytes backup,
        long generation,
        Instant time,
        Bytes checkpoint,
        Optional<Bytes> witnessed,
        List<Part> hashes,
        List<Part> parts,
        List<Piece> state) {
    static final String NAME = "manifest";
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /// The records from `first` (inclusive) to `end` (exclusive), in an object with this hash.
    ///
    /// @param bytes the length of the object
    record Part(long first, long end, long bytes, Bytes sha256) {
        String name() {
            return "records-%016x-%016x".formatted(first, end);
        }

        String nameOfHashes() {
            return "hashes-%016x-%016x".formatted(first, end);
        }
    }

    /// An object by its name and hash.
    record Piece(String name, Bytes sha256) {}

    Manifest {
        hashes = List.copyOf(hashes);
        parts = List.copyOf(parts);
        state = List.copyOf(state);
        long next = 0;
        for (var part : Stream.concat(hashes.stream(), parts.stream()).toList()) {
            if (part.first != next || part.end <= part.first) {
                throw new IllegalArgumentException("its parts do not follow one another");
            }
            next = part.end;
        }
        if (next != log(checkpoint).size()) {
            throw new IllegalArgumentException("its parts are not those of its checkpoint");
        }
    }

    /// What the log signed, its signature unseen.
    private static Checkpoint log(Bytes note) {
        return Checkpoint.parse(SignedNote.parse(note).text());
    }

    Checkpoint log() {
        return log(checkpoint);
    }

    long records() {
        return log().size();
    }

    /// How many of the first records the log had removed.
    long pruned() {
        return hashes.isEmpty() ? 0 : hashes.getLast().end();
    }

    /// The bytes of records, as they lie outside.
    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    Bytes encode() {
        var json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("generation", generation);
        json.put("time", time.toString());
        json.put("checkpoint", checkpoint.toUtf8());
        witnessed.ifPresent(note -> json.put("witnessed", note.toUtf8()));
        if (!hashes.isEmpty()) write(json.putArray("hashes"), hashes);
        write(json.putArray("records"), parts);
        var pieces = json.putArray("state");
        for (var piece : state) {
            pieces.addObject().put("name", piece.name).put("sha256", piece.sha256.toHex());
        }
        return Bytes.utf8(JSON.writeValueAsString(json));
    }

    private static void write(ArrayNode array, List<Part> parts) {
        for (var part : parts) {
            array.addObject()
                    .put("first", part.first)
                    .put("end", part.end)
                    .put("bytes", part.bytes)
                    .put("sha256", part.sha256.toHex());
        }
    }

    private static List<Part> parts(JsonNode array) {
        var parts = new ArrayList<Part>();
        for (var part : array) {
            parts.add(
                    new Part(
                            part.path("first").asLong(),
                            part.path("end").asLong(),
                            part.path("bytes").asLong(),
                            Bytes.hex(part.path("sha256").asString())));
        }
        return parts;
    }

    static Manifest parse(SealedObject object) throws BackupDamaged {
        try {
            var json = JSON.readTree(object.plain().unsafeArray());
            if (json.path("version").asInt(0) != VERSION) {
                throw new BackupDamaged(NAME, "this program knows no such version of a backup");
            }
            var state = new ArrayList<Piece>();
            for (var piece : json.path("state")) {
                state.add(
                        new Piece(
                                piece.path("name").asString(),
                                Bytes.hex(piece.path("sha256").asString())));
            }
            return new Manifest(
                    object.backup(),
                    json.path("generation").asLong(),
                    Instant.parse(json.path("time").asString()),
                    Bytes.utf8(json.path("checkpoint").asString()),
                    witnessed(json),
                    parts(json.path("hashes")),
                    parts(json.path("records")),
                    state);
        } catch (JacksonException | IllegalArgumentException | DateTimeException malformed) {
            throw new BackupDamaged(NAME, "it does not say what a manifest says");
        }
    }

    private static Optional<Bytes> witnessed(JsonNode json) {
        var note = json.path("witnessed");
        return note.isString() ? Optional.of(Bytes.utf8(note.asString())) : Optional.empty();
    }
}
