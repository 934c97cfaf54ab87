// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

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

    private final Registrar registrar;
    private final Things things;
    private final ThingStore store;
    private final InstantSource clock;

    ThingController(Registrar registrar, Things things, ThingStore store, InstantSource clock) {
        this.registrar = registrar;
        this.things = things;
        this.store = store;
        this.clock = clock;
    }

    @PostMapping("/api/things")
    ResponseEntity<ObjectNode> register(@RequestBody JsonNode body) {
        return created(carryOut(() -> registrar.register(body)), "/api/things/");
    }

    @GetMapping("/api/things")
    List<ObjectNode> list(
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit) {
        if (offset < 0 || limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"offset\" is not negative and \"limit\" a number from 1 to " + MOST_LISTED);
        }
        return store.registrations(offset, limit).stream().map(Registration::toJson).toList();
    }

    @GetMapping("/api/things/{did}")
    ObjectNode thing(@PathVariable String did) {
        try {
            return store.registration(DidKey.parse(did))
                    .orElseThrow(
                            () ->
                                    new Problem(
                                            ProblemType.NOT_FOUND,
                                            "this thing is not registered here"))
                    .toJson();
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/api/mappings")
    ResponseEntity<ObjectNode> map(@RequestBody JsonNode body) {
        return created(carryOut(() -> registrar.map(body)), "/api/mappings/");
    }

    @GetMapping("/api/mappings")
    List<ObjectNode> mappings(
            @RequestParam @Nullable String thing, @RequestParam @Nullable String avatar) {
        var now = clock.instant();
        return things.allPermissions().stream()
                .filter(
                        permission ->
                                thing == null || permission.mapping().thing().value().equals(thing))
                .filter(
                        permission ->
                                avatar == null || permission.mapping().avatar().equals(avatar))
                .sorted(
                        Comparator.comparing(
                                        (Permission permission) -> permission.mapping().notBefore())
                                .thenComparing(permission -> permission.mapping().id()))
                .map(permission -> Terms.json(permission, now))
                .toList();
    }

    @GetMapping("/api/mappings/{id}")
    ObjectNode mapping(@PathVariable String id) {
        return things.permission(id)
                .map(permission -> Terms.json(permission, clock.instant()))
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "no mapping has this id"));
    }

    @PostMapping("/api/mappings/{id}/pause")
    ObjectNode pause(@PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.PAUSED));
    }

    @PostMapping("/api/mappings/{id}/resume")
    ObjectNode resume(@PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.ACTIVE));
    }

    @PostMapping("/api/mappings/{id}/end")
    ObjectNode end(@PathVariable String id) {
        return carryOut(() -> registrar.change(id, Permission.State.ENDED));
    }

    private ObjectNode carryOut(Supplier<Registrar.Outcome> request) {
        Registrar.Outcome outcome;
        try {
            outcome = request.get();
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
        return switch (outcome) {
            case Registrar.Outcome.Registered registered ->
                    Details.object()
                            .put("id", registered.registration().thing().value())
                            .put("record", registered.record());
            case Registrar.Outcome.Mapped mapped ->
                    Terms.json(mapped.permission(), clock.instant()).put("record", mapped.record());
            case Registrar.Outcome.Conflict conflict ->
                    throw new Problem(ProblemType.CONFLICT, conflict.why());
            case Registrar.Outcome.NotFound notFound ->
                    throw new Problem(ProblemType.NOT_FOUND, notFound.what());
        };
    }

    private static ResponseEntity<ObjectNode> created(ObjectNode body, String path) {
        return ResponseEntity.created(URI.create(path + body.path("id").asString(""))).body(body);
    }
}
