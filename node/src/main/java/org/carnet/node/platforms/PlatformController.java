// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.credential.DateTimeStamp;
import org.carnet.jose.Json;
import org.carnet.log.Record;
import org.carnet.node.access.Caller;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Who this node is to other platforms, over HTTP.
@RestController
final class PlatformController {
    private final PlatformIdentity identity;
    private final @Nullable OwnDid did;
    private final Diary diary;

    /// @param did the DID that this node publishes, if it has one beside its key
    PlatformController(PlatformIdentity identity, @Nullable OwnDid did, Diary diary) {
        this.identity = identity;
        this.did = did;
        this.diary = diary;
    }

    @Operation(
            tags = "platforms",
            summary = "Read the history of this node's DID",
            description =
                    "did:webvh 1.0: one entry a line, each signed and bound to the one before.")
    @ApiResponse(
            responseCode = "200",
            description = "The history.",
            content = @Content(mediaType = "text/jsonl", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/.well-known/did.jsonl")
    ResponseEntity<String> readDidHistory() {
        return ResponseEntity.ok()
                .header("content-type", "text/jsonl;charset=UTF-8")
                .body(published().log().toUtf8());
    }

    @Operation(tags = "platforms", summary = "Read who this node is to other platforms")
    @ApiResponse(
            responseCode = "200",
            description = "`did`, `keyId` of the key in force, and the `versions` of the document.",
            content = @Content(schema = @Schema(type = "object")))
    @GetMapping("/api/platform")
    ObjectNode readPlatform() {
        var current = identity.current();
        var json = Json.object().put("did", current.did()).put("keyId", current.keyId());
        var versions = json.putArray("versions");
        if (did != null)
            for (var version : did.history().versions())
                versions.addObject()
                        .put("id", version.id())
                        .put("time", DateTimeStamp.of(version.time()));
        return json;
    }

    @Operation(
            tags = "platforms",
            summary = "Rotate the key of this node's DID",
            description =
                    "The key that the history committed to takes over, and another one is committed"
                            + " to. What the old key signed stays good.")
    @ApiResponse(
            responseCode = "200",
            description = "Who this node is now.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/platform/key-rotations")
    ObjectNode rotatePlatformKey(HttpServletRequest request) {
        var own = published();
        var current = own.current();
        var act = Json.object().put("act", "rotated").put("did", current.did());
        act.put("from", current.key().did().value()).put("to", own.next().value());
        diary.append(
                Record.Kind.ROTATED, current.did(), Caller.of(request).id(), current.did(), act);
        try {
            own.rotate();
        } catch (IOException e) {
            throw new UncheckedIOException("writing down the new key of this node's DID", e);
        }
        return readPlatform();
    }

    private OwnDid published() {
        if (did != null) return did;
        throw new Problem(
                ProblemType.NOT_FOUND, "This node publishes no DID; did.host would say where.");
    }
}
