// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.points.AvatarReads;
import org.carnet.node.points.AvatarReads.View;
import org.carnet.node.points.Permissions;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/// R4 over HTTP: which avatars there are, what they are, and what their state is and was.
@RestController
final class AvatarController {
    private static final int MOST_READINGS = 20_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AvatarReads avatars;
    private final Permissions permissions;
    private final ReadRecords reads;
    private final String origin;

    AvatarController(
            AvatarReads avatars, Permissions permissions, ReadRecords reads, String origin) {
        this.avatars = avatars;
        this.permissions = permissions;
        this.reads = reads;
        this.origin = origin;
    }

    /// Names and counters only: no reading, so nothing to record.
    @GetMapping("/api/avatars")
    ArrayNode list() {
        var list = JSON.arrayNode();
        for (var id : avatars.avatars()) {
            var view = known(id);
            var avatar = list.addObject().put("id", id).put("applied", view.applied());
            var properties = avatar.putArray("properties");
            permissions.ofAvatar(id).stream()
                    .flatMap(permission -> permission.mapping().shares().keySet().stream())
                    .distinct()
                    .sorted()
                    .forEach(properties::add);
            view.latest().values().stream()
                    .map(org.carnet.envelope.Reading::time)
                    .max(Instant::compareTo)
                    .ifPresent(time -> avatar.put("lastUpdate", time.toString()));
        }
        return list;
    }

    @GetMapping(
            path = "/avatars/{id}",
            produces = {"application/td+json", MediaType.APPLICATION_JSON_VALUE})
    ObjectNode description(@PathVariable String id, HttpServletRequest request) {
        var base = ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        return AvatarDescription.of(known(id), permissions.ofAvatar(id), origin, base);
    }

    @GetMapping("/avatars/{id}/properties")
    ObjectNode properties(@PathVariable String id) {
        reads.read(known(id), JSON.objectNode().put("properties", "all"));
        var json = JSON.objectNode();
        known(id)
                .latest()
                .forEach((property, reading) -> json.set(property, ReadingJson.timed(reading)));
        return json;
    }

    /// The bare value, as a Web of Things client expects it.
    @GetMapping(
            path = "/avatars/{id}/properties/{property}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode property(@PathVariable String id, @PathVariable String property) {
        reads.read(known(id), JSON.objectNode().put("property", property));
        var reading = known(id).latest().get(property);
        if (reading == null)
            throw new Problem(
                    ProblemType.NOT_FOUND, "the avatar has no reading of \"" + property + "\"");
        return ReadingJson.value(reading);
    }

    @GetMapping("/avatars/{id}/history")
    List<ObjectNode> history(
            @PathVariable String id,
            @RequestParam String property,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(defaultValue = "2000") int limit) {
        if (limit < 1 || limit > MOST_READINGS) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_READINGS);
        }
        var first = from == null ? Instant.EPOCH : instant("from", from);
        var end = to == null ? Instant.parse("9999-12-31T00:00:00Z") : instant("to", to);
        reads.read(
                known(id),
                JSON.objectNode()
                        .put("history", property)
                        .put("from", first.toString())
                        .put("to", end.toString()));
        return avatars.history(id, property, first, end, limit).stream()
                .map(ReadingJson::timed)
                .toList();
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"" + name + "\" is an instant such as 2030-01-31T12:00:00Z");
        }
    }

    private View known(String id) {
        return avatars.view(id)
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_FOUND, "there is no such avatar here"));
    }
}
