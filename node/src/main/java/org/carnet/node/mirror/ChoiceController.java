// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.TreeSet;

/// Where subjects let their sealed details be kept, for whoever manages the node.
@RestController
final class ChoiceController {
    private static final String SUBJECT = "The owner, as things are registered under.";

    private final StorageChoices choices;
    private final Set<String> mirrors;

    /// @param mirrors the names to choose from
    ChoiceController(StorageChoices choices, Set<String> mirrors) {
        this.choices = choices;
        this.mirrors = Set.copyOf(mirrors);
    }

    @Operation(tags = "mirror", summary = "Where a subject's sealed details may be kept")
    @ApiResponse(
            responseCode = "200",
            description = "The mirrors that may have them.",
            content = @Content(schema = @Schema(type = "object")))
    @GetMapping("/api/storage/{subject}")
    ObjectNode readStorageChoice(@Parameter(description = SUBJECT) @PathVariable String subject) {
        return json(choices.of(subject).orElse(mirrors));
    }

    @Operation(
            tags = "mirror",
            summary = "Choose where a subject's sealed details may be kept",
            description = "It holds for what is mirrored from now on.")
    @ApiResponse(
            responseCode = "200",
            description = "The mirrors that may have them.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @PutMapping(path = "/api/storage/{subject}", consumes = "application/json")
    ObjectNode chooseStorage(
            @Parameter(description = SUBJECT) @PathVariable String subject,
            @Schema(type = "object") @RequestBody JsonNode body) {
        var chosen = new TreeSet<String>();
        if (!body.path("mirrors").isArray()) throw malformed();
        for (var mirror : body.path("mirrors")) {
            if (!mirrors.contains(mirror.asString(""))) throw malformed();
            chosen.add(mirror.asString());
        }
        choices.choose(subject, chosen);
        return json(chosen);
    }

    private Problem malformed() {
        return new Problem(
                ProblemType.MALFORMED_REQUEST,
                "\"mirrors\" is a list of some of " + new TreeSet<>(mirrors));
    }

    private static ObjectNode json(Set<String> chosen) {
        var json = JsonNodeFactory.instance.objectNode();
        var names = json.putArray("mirrors");
        new TreeSet<>(chosen).forEach(names::add);
        return json;
    }
}
