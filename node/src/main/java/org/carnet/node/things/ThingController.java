// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.identity.DidKey;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.policy.Permission;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// What owners decide of their things, over HTTP.
@RestController
final class ThingController {
    private static final int MOST_LISTED = 1000;
    private static final String MAPPING = "The mapping's id.";

    private final Registrar registrar;
    private final Things things;
    private final ThingStore store;
    private final InstantSource clock;
    private final OwnersOnly owners;

    ThingController(
            Registrar registrar,
            Things things,
            ThingStore store,
            InstantSource clock,
            OwnersOnly owners) {
        this.registrar = registrar;
        this.things = things;
        this.store = store;
        this.clock = clock;
        this.owners = owners;
    }

    @Operation(
            tags = "things",
            summary = "Register a thing",
            description = "The registration is on the record before it takes effect.")
    @ApiResponse(
            responseCode = "201",
            description = "Registered.",
            content = @Content(schema = @Schema(ref = "Registered")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things")
    ResponseEntity<ObjectNode> registerThing(
            @Schema(ref = "Registration") @RequestBody JsonNode body, HttpServletRequest request) {
        owners.requireRegistration(request, body);
        return created(carryOut(() -> registrar.register(body)), "/api/things/");
    }

    @Operation(tags = "things", summary = "List things")
    @ApiResponse(
            responseCode = "200",
            description = "Registrations, with Thing Descriptions.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "StoredThing"))))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/api/things")
    List<ObjectNode> listThings(
            @Parameter(description = "How many to skip.", schema = @Schema(minimum = "0"))
                    @RequestParam(defaultValue = "0")
                    int offset,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "100")
                    int limit,
            HttpServletRequest request) {
        if (offset < 0 || limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"offset\" is not negative and \"limit\" a number from 1 to " + MOST_LISTED);
        }
        return owners.seen(request, store, offset, limit).stream().map(this::json).toList();
    }

    @Operation(tags = "things", summary = "Read one thing")
    @ApiResponse(
            responseCode = "200",
            description = "The registration, with the Thing Description, and its key now.",
            content = @Content(schema = @Schema(ref = "StoredThing")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/things/{did}")
    ObjectNode readThing(
            @Parameter(
                            description = "The thing's identifier, as it is.",
                            schema = @Schema(pattern = "^did:key:z"))
                    @PathVariable
                    String did) {
        try {
            return store.registration(DidKey.parse(did))
                    .map(this::json)
                    .orElseThrow(
                            () ->
                                    new Problem(
                                            ProblemType.NOT_FOUND,
                                            "this thing is not registered here"));
        } catch (IllegalArgumentException e) {
            throw OutcomeJson.malformed(e);
        }
    }

    @Operation(
            tags = "mappings",
            summary = "Let a thing feed an avatar",
            description =
                    "The mapping is on the record before it takes effect. A property that no"
                            + " mapping shares goes nowhere.")
    @ApiResponse(
            responseCode = "201",
            description = "It is on the record and in force from `notBefore` on.",
            content = @Content(schema = @Schema(ref = "StoredMapping")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/mappings")
    ResponseEntity<ObjectNode> createMapping(
            @Schema(ref = "Mapping") @RequestBody JsonNode body, HttpServletRequest request) {
        owners.requireMapping(request, body);
        return created(carryOut(() -> registrar.map(body)), "/api/mappings/");
    }

    @Operation(tags = "mappings", summary = "List mappings")
    @ApiResponse(
            responseCode = "200",
            description = "With the status at this moment.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "StoredMapping"))))
    @GetMapping("/api/mappings")
    List<ObjectNode> listMappings(
            @Parameter(description = "Only those of this thing.") @RequestParam
                    @Nullable String thing,
            @Parameter(description = "Only those of this avatar.") @RequestParam
                    @Nullable String avatar,
            HttpServletRequest request) {
        var now = clock.instant();
        return things.allPermissions().stream()
                .filter(
                        permission ->
                                thing == null || permission.mapping().thing().value().equals(thing))
                .filter(
                        permission ->
                                avatar == null || permission.mapping().avatar().equals(avatar))
                .filter(permission -> owners.maySee(request, permission.mapping()))
                .sorted(
                        Comparator.comparing(
                                        (Permission permission) -> permission.mapping().notBefore())
                                .thenComparing(permission -> permission.mapping().id()))
                .map(permission -> Terms.json(permission, now))
                .toList();
    }

    @Operation(tags = "mappings", summary = "Read one mapping")
    @ApiResponse(
            responseCode = "200",
            description = "With the status at this moment.",
            content = @Content(schema = @Schema(ref = "StoredMapping")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/mappings/{id}")
    ObjectNode readMapping(@Parameter(description = MAPPING) @PathVariable String id) {
        return things.permission(id)
                .map(permission -> Terms.json(permission, clock.instant()))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "no mapping has this id"));
    }

    @Operation(
            tags = "mappings",
            summary = "Pause a mapping",
            description = "Updates are refused until it is resumed.")
    @ApiResponse(
            responseCode = "200",
            description = "The mapping as it is now.",
            content = @Content(schema = @Schema(ref = "StoredMapping")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/mappings/{id}/pause")
    ObjectNode pauseMapping(@Parameter(description = MAPPING) @PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.PAUSED));
    }

    @Operation(
            tags = "mappings",
            summary = "Resume a mapping",
            description = "What was refused meanwhile is not applied later by itself.")
    @ApiResponse(
            responseCode = "200",
            description = "The mapping as it is now.",
            content = @Content(schema = @Schema(ref = "StoredMapping")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/mappings/{id}/resume")
    ObjectNode resumeMapping(@Parameter(description = MAPPING) @PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.ACTIVE));
    }

    @Operation(tags = "mappings", summary = "End a mapping", description = "For good.")
    @ApiResponse(
            responseCode = "200",
            description = "The mapping as it is now.",
            content = @Content(schema = @Schema(ref = "StoredMapping")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/mappings/{id}/end")
    ObjectNode endMapping(@Parameter(description = MAPPING) @PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.ENDED));
    }

    private ObjectNode carryOut(Supplier<Registrar.Outcome> request) {
        return OutcomeJson.of(request, clock.instant());
    }

    private ObjectNode json(Registration registration) {
        return OutcomeJson.put(registration.toJson(), things.condition(registration.thing()));
    }

    private static ResponseEntity<ObjectNode> created(ObjectNode body, String path) {
        return ResponseEntity.created(URI.create(path + body.path("id").asString(""))).body(body);
    }
}
