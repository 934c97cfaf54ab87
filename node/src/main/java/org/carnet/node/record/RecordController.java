// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.record;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.log.Record;
import org.carnet.node.points.Acks;
import org.carnet.node.points.Permissions;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.RecordReads.Stored;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// The data activity log: searched from the newest record backwards, each record with its proof.
@RestController
final class RecordController {
    private static final int MOST_LISTED = 500;
    private static final String INDEX = "The record's place in the log, from 0.";

    /// A search looks at so many records at most, then says where to go on.
    private static final int MOST_SEARCHED = 200_000;

    private static final String COSE = "application/cose";
    private static final Set<String> ALGORITHMS = Set.of("Ed25519", "ML-DSA-44");

    private final RecordReads records;
    private final Permissions permissions;
    private final Acks acks;
    private final String name;

    RecordController(RecordReads records, Permissions permissions, Acks acks, String name) {
        this.records = records;
        this.permissions = permissions;
        this.acks = acks;
        this.name = name;
    }

    @Operation(tags = "records", summary = "Search the record, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "Records, and where to go on.",
            content = @Content(schema = @Schema(ref = "RecordPage")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/api/records")
    ObjectNode listRecords(
            @Parameter(
                            description = "Only records before this index.",
                            schema = @Schema(minimum = "0"))
                    @RequestParam
                    @Nullable Long before,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "50")
                    int limit,
            @Parameter(
                            description = "Only records of this kind.",
                            schema = @Schema(ref = "RecordKind"))
                    @RequestParam
                    @Nullable String kind,
            @Parameter(
                            description =
                                    "Only records about this thing, avatar or mapping, by its plain"
                                            + " id.")
                    @RequestParam
                    @Nullable String about) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_LISTED);
        }
        long size = records.size();
        long end = before == null ? size : Math.clamp(before, 0, size);
        var wanted = kind(kind).and(about(about));
        var found = new ArrayList<ObjectNode>();
        long index = end;
        while (index > records.first() && found.size() < limit && end - index < MOST_SEARCHED) {
            var stored = records.read(--index);
            if (wanted.test(stored)) found.add(RecordJson.of(stored));
        }
        var json = JsonNodeFactory.instance.objectNode().put("size", size);
        if (index > records.first()) json.put("next", index);
        json.putArray("records").addAll(found);
        return json;
    }

    private static Predicate<Stored> kind(@Nullable String kind) {
        if (kind == null || kind.isEmpty()) return stored -> true;
        try {
            var wanted = Record.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
            return stored -> stored.record().kind() == wanted;
        } catch (IllegalArgumentException e) {
            var kinds = List.of(Record.Kind.values()).toString().toLowerCase(Locale.ROOT);
            throw new Problem(ProblemType.MALFORMED_REQUEST, "\"kind\" is one of " + kinds);
        }
    }

    private Predicate<Stored> about(@Nullable String about) {
        if (about == null || about.isEmpty()) return stored -> true;
        var pseudonyms =
                permissions
                        .ownerOf(about)
                        .map(owner -> records.pseudonyms(owner, about))
                        .orElse(Set.of());
        return stored -> pseudonyms.contains(stored.record().about());
    }

    @Operation(tags = "records", summary = "Read one record")
    @ApiResponse(
            responseCode = "200",
            description = "The record; with details while the node holds the key.",
            content = @Content(schema = @Schema(ref = "Record")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/records/{index}")
    ObjectNode readRecord(
            @Parameter(description = INDEX, schema = @Schema(minimum = "0")) @PathVariable
                    long index) {
        var stored = read(index);
        var json = RecordJson.of(stored);
        AcksController.describe(json, stored, acks);
        return json;
    }

    /// A `.tlog-proof` file (c2sp.org/tlog-proof), which proves the record to anybody, offline.
    @Operation(
            tags = "records",
            summary = "Prove one record",
            description = "A file that proves to anybody, offline, that the record is in the log.")
    @ApiResponse(
            responseCode = "200",
            description = "A proof, https://c2sp.org/tlog-proof@v1.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/records/{index}/proof")
    ResponseEntity<String> proveRecord(
            @Parameter(description = INDEX, schema = @Schema(minimum = "0")) @PathVariable
                    long index) {
        read(index);
        var proof = records.prove(index);
        var file =
                ContentDisposition.attachment()
                        .filename(name + "-" + index + ".tlog-proof")
                        .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(proof.encode().toUtf8());
    }

    /// The same proof for who speaks COSE.
    @Operation(
            tags = "records",
            summary = "Prove one record with a COSE Receipt",
            description =
                    "An RFC 9942 receipt of inclusion, which proves to anybody, offline, that the"
                            + " record is in the log.")
    @ApiResponse(
            responseCode = "200",
            description = "A tagged COSE_Sign1 with a detached payload, the root of the tree.",
            content =
                    @Content(
                            mediaType = COSE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping(path = "/api/records/{index}/receipt", produces = COSE)
    ResponseEntity<byte[]> readReceipt(
            @Parameter(description = INDEX, schema = @Schema(minimum = "0")) @PathVariable
                    long index,
            @Parameter(
                            description = "By which key of the log it is signed.",
                            schema = @Schema(allowableValues = {"Ed25519", "ML-DSA-44"}))
                    @RequestParam(defaultValue = "Ed25519")
                    String algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "the log signs with Ed25519 and ML-DSA-44, not with anything else");
        }
        read(index);
        var receipt = records.receipt(index, algorithm.equals("ML-DSA-44"));
        var file = ContentDisposition.attachment().filename(name + "-" + index + ".cose").build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .contentType(MediaType.parseMediaType(COSE))
                .body(receipt.encode().toArray());
    }

    private Stored read(long index) {
        if (index < 0 || index >= records.size())
            throw new Problem(ProblemType.NOT_FOUND, "there is no such record");
        if (index < records.first())
            throw new Problem(ProblemType.NOT_FOUND, "the record was pruned");
        return records.read(index);
    }
}
