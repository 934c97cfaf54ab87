// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.points.Keys;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/// Forgetting over HTTP. Whose data it is stands in the body: paths are written down in too many places.
@RestController
final class ErasureController {
    private static final int LONGEST_SUBJECT = 256;

    private final Eraser eraser;
    private final NodeIdentity node;
    private final InstantSource clock;
    private final Gate gate;

    ErasureController(Eraser eraser, NodeIdentity node, InstantSource clock, Gate gate) {
        this.eraser = eraser;
        this.node = node;
        this.clock = clock;
        this.gate = gate;
    }

    @Operation(
            tags = "erasures",
            summary = "Forget a subject, or a range of its time",
            description =
                    "Destroys the subject's keys and everything made from what they sealed. Without"
                        + " a range its things are deregistered and its mappings ended as well. A"
                        + " range is widened to whole epochs; the receipt says to which.")
    @ApiResponse(
            responseCode = "200",
            description = "It is forgotten; the receipt proves it to anybody, offline.",
            content = @Content(schema = @Schema(ref = "Erased")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/erasures")
    ObjectNode forgetSubject(
            @Schema(ref = "ErasureRequest") @RequestBody JsonNode body, HttpServletRequest request)
            throws SQLException {
        var subject = subject(body);
        var range = range(body);
        gate.require(Caller.of(request), "eraseSubject", gate.resource("Subject", subject));
        var outcome = eraser.forget(subject, range, "asked");
        return switch (outcome) {
            case Eraser.Refused(String why) -> throw new Problem(ProblemType.CONFLICT, why);
            case Eraser.Erased erased -> {
                var json = JsonNodeFactory.instance.objectNode().put("record", erased.tombstone());
                json.put("receipt", erased.receipt().sign(node.key()));
                yield json;
            }
        };
    }

    private static String subject(JsonNode body) {
        var subject = body.path("subject");
        var text = subject.isString() ? subject.asString() : "";
        if (text.isBlank() || text.length() > LONGEST_SUBJECT) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"subject\" is a text of 1 to " + LONGEST_SUBJECT + " characters");
        }
        return text;
    }

    private Keys.Range range(JsonNode body) {
        if (!body.has("from") && !body.has("until")) return Keys.Range.ALL;
        var from = body.has("from") ? instant(body, "from") : Instant.EPOCH;
        var until = body.has("until") ? instant(body, "until") : clock.instant();
        if (from.isBefore(Instant.EPOCH) || !from.isBefore(until)) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"from\" lies before \"until\", and after 1969");
        }
        return Keys.Range.touching(from, until);
    }

    private static Instant instant(JsonNode body, String member) {
        try {
            var time = Instant.parse(body.path(member).asString(""));
            if (time.isBefore(Instant.parse("9999-12-31T23:59:59Z"))) return time;
        } catch (DateTimeParseException malformed) {
            // said below
        }
        throw new Problem(
                ProblemType.MALFORMED_REQUEST,
                "\"" + member + "\" is an instant such as 2030-01-31T12:00:00Z");
    }
}
