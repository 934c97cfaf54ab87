// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.hosting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.io.IOException;

/// Objects of guests over HTTP; a guest sees its own only.
@RestController
final class HostedController {
    private static final String NAME = "What the guest calls it.";

    private final Guests guests;

    HostedController(Guests guests) {
        this.guests = guests;
    }

    @Operation(
            tags = "hosting",
            summary = "List what this node keeps for a guest",
            description = "The guest proves itself with `Authorization: DID <proof>`.")
    @ApiResponse(
            responseCode = "200",
            description = "The objects, by name.",
            content = @Content(schema = @Schema(type = "array")))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/hosted/")
    ArrayNode listHosted(HttpServletRequest request) throws IOException {
        var json = JsonNodeFactory.instance.arrayNode();
        for (var stored : place(request).list()) {
            json.addObject().put("name", stored.name()).put("bytes", stored.bytes());
        }
        return json;
    }

    @Operation(
            tags = "hosting",
            summary = "Keep an object for a guest",
            description = "It is on disk when this answers. It replaces the one of that name.")
    @ApiResponse(responseCode = "204", description = "It is kept.")
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PutMapping(path = "/hosted/{name}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Void> putHosted(
            @Parameter(description = NAME) @PathVariable String name,
            @Schema(type = "string", format = "binary") @RequestBody byte[] content,
            HttpServletRequest request)
            throws IOException {
        var place = place(request);
        requireName(name);
        if (!guests.put(place, name, Bytes.unsafe(content))) {
            throw new Problem(
                    ProblemType.STORAGE_FULL, "This node keeps no more bytes for this guest.");
        }
        return ResponseEntity.noContent().build();
    }

    @Operation(tags = "hosting", summary = "Read an object of a guest")
    @ApiResponse(
            responseCode = "200",
            description = "The object.",
            content = @Content(schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping(path = "/hosted/{name}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> readHosted(
            @Parameter(description = NAME) @PathVariable String name, HttpServletRequest request)
            throws IOException {
        var place = place(request);
        requireName(name);
        var content = place.get(name);
        if (content.isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND, "There is no object of that name.");
        }
        return ResponseEntity.ok(content.get().toArray());
    }

    @Operation(tags = "hosting", summary = "Remove an object of a guest")
    @ApiResponse(responseCode = "204", description = "It is not there any more.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @DeleteMapping("/hosted/{name}")
    ResponseEntity<Void> deleteHosted(
            @Parameter(description = NAME) @PathVariable String name, HttpServletRequest request)
            throws IOException {
        var place = place(request);
        requireName(name);
        place.delete(name);
        return ResponseEntity.noContent().build();
    }

    private ExternalStorage place(HttpServletRequest request) {
        return guests.placeOf(request.getHeader("Authorization"))
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.FORBIDDEN,
                                        "Only a guest of this node, with a fresh proof, may do"
                                                + " this."));
    }

    private static void requireName(String name) {
        if (!ExternalStorage.NAME.matcher(name).matches()) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "A name has up to 80 lower-case letters, digits and hyphens.");
        }
    }
}
