// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
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
import java.util.Set;
import java.util.TreeSet;

/// R4 over HTTP: which avatars there are, what they are, and what their state is and was.
@RestController
final class AvatarController {
    private static final int MOST_READINGS = 20_000;
    private static final String AVATAR = "The avatar's id, such as `walker-02`.";
    private static final String PROPERTY = "A property that the avatar has.";
    private static final String PURPOSE =
            "What the data is wanted for; the owner may share it for some purposes only.";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AvatarReads avatars;
    private final Permissions permissions;
    private final ReadRecords reads;
    private final Readers readers;
    private final String origin;

    AvatarController(
            AvatarReads avatars,
            Permissions permissions,
            ReadRecords reads,
            Readers readers,
            String origin) {
        this.avatars = avatars;
        this.permissions = permissions;
        this.reads = reads;
        this.readers = readers;
        this.origin = origin;
    }

    /// Names and counters only: no reading, so nothing to record.
    @Operation(tags = "avatars", summary = "List avatars")
    @ApiResponse(
            responseCode = "200",
            description = "Names and counters, no readings.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "AvatarSummary"))))
    @GetMapping("/api/avatars")
    ArrayNode listAvatars(HttpServletRequest request) {
        var list = JSON.arrayNode();
        for (var id : avatars.avatars()) {
            if (!readers.mayList(Caller.of(request), id)) continue;
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

    @Operation(tags = "avatars", summary = "An avatar's Thing Description")
    @ApiResponse(
            responseCode = "200",
            description = "What the avatar is and how it is read.",
            content = @Content(schema = @Schema(ref = "AvatarDescription")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping(
            path = "/avatars/{id}",
            produces = {"application/td+json", MediaType.APPLICATION_JSON_VALUE})
    ObjectNode readAvatar(
            @Parameter(description = AVATAR) @PathVariable String id, HttpServletRequest request) {
        var base = ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
        return AvatarDescription.of(known(id), permissions.ofAvatar(id), origin, base);
    }

    @Operation(
            tags = "avatars",
            summary = "The latest readings",
            description =
                    "Those that the caller may read for the purpose. That they were read is on the"
                            + " record.")
    @ApiResponse(
            responseCode = "200",
            description = "Each property by its name.",
            content = @Content(schema = @Schema(ref = "Readings")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/avatars/{id}/properties")
    ObjectNode readAvatarProperties(
            @Parameter(description = AVATAR) @PathVariable String id,
            @Parameter(description = PURPOSE) @RequestParam(defaultValue = "") String purpose,
            HttpServletRequest request) {
        var there = avatars.view(id).map(view -> view.latest().keySet()).orElse(Set.of());
        var readable = readers.readable(Caller.of(request), id, there, purpose);
        reads.read(
                Caller.of(request),
                known(id),
                JSON.objectNode()
                        .put("properties", readable.equals(there) ? "all" : list(readable)));
        var json = JSON.objectNode();
        known(id)
                .latest()
                .forEach(
                        (property, reading) -> {
                            if (readable.contains(property))
                                json.set(property, ReadingJson.timed(reading));
                        });
        return json;
    }

    private static String list(Set<String> properties) {
        return String.join(" ", new TreeSet<>(properties));
    }

    @Operation(
            tags = "avatars",
            summary = "The latest value of one property",
            description =
                    "The bare value, as Web of Things clients expect it. That it was read is on the"
                            + " record.")
    @ApiResponse(
            responseCode = "200",
            description = "The value.",
            content = @Content(schema = @Schema(ref = "Value")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping(
            path = "/avatars/{id}/properties/{property}",
            produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode readAvatarProperty(
            @Parameter(description = AVATAR) @PathVariable String id,
            @Parameter(description = PROPERTY) @PathVariable String property,
            @Parameter(description = PURPOSE) @RequestParam(defaultValue = "") String purpose,
            HttpServletRequest request) {
        readers.require(Caller.of(request), "readAvatar", id, Set.of(property), purpose);
        reads.read(Caller.of(request), known(id), JSON.objectNode().put("property", property));
        var reading = known(id).latest().get(property);
        if (reading == null)
            throw new Problem(
                    ProblemType.NOT_FOUND, "the avatar has no reading of \"" + property + "\"");
        return ReadingJson.value(reading);
    }

    @Operation(
            tags = "avatars",
            summary = "Earlier readings",
            description = "That they were read is on the record.")
    @ApiResponse(
            responseCode = "200",
            description = "In the order of time.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Reading"))))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/avatars/{id}/history")
    List<ObjectNode> readAvatarHistory(
            @Parameter(description = AVATAR) @PathVariable String id,
            @Parameter(description = PROPERTY) @RequestParam String property,
            @Parameter(
                            description = "From this instant on.",
                            schema = @Schema(format = "date-time"))
                    @RequestParam
                    @Nullable String from,
            @Parameter(description = "Before this instant.", schema = @Schema(format = "date-time"))
                    @RequestParam
                    @Nullable String to,
            @Parameter(
                            description = "At most so many, the latest.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_READINGS))
                    @RequestParam(defaultValue = "2000")
                    int limit,
            @Parameter(description = PURPOSE) @RequestParam(defaultValue = "") String purpose,
            HttpServletRequest request) {
        readers.require(Caller.of(request), "readAvatar", id, Set.of(property), purpose);
        if (limit < 1 || limit > MOST_READINGS) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_READINGS);
        }
        var first = from == null ? Instant.EPOCH : instant("from", from);
        var end = to == null ? Instant.parse("9999-12-31T00:00:00Z") : instant("to", to);
        reads.read(
                Caller.of(request),
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
