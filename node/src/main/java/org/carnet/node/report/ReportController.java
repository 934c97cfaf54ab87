// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.policies.Question.Resource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;

/// Reports for auditors, for whoever manages the node.
@RestController
final class ReportController {
    /// All subjects together: nobody owns them.
    private static final Resource EVERYBODY = new Resource("Subject", "*", Optional.empty());

    private final Reporter reporter;
    private final Gate gate;

    ReportController(Reporter reporter, Gate gate) {
        this.reporter = reporter;
        this.gate = gate;
    }

    @Operation(
            tags = "records",
            summary = "Report on what happened to somebody's data",
            description =
                    "A signed report that verifies offline. It goes on where it says, until it is"
                            + " complete. That it was made is on the record first.")
    @ApiResponse(
            responseCode = "200",
            description = "The report.",
            content = @Content(schema = @Schema(ref = "Report")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/reports")
    ObjectNode report(
            @Schema(ref = "ReportQuestion") @RequestBody JsonNode body, HttpServletRequest request)
            throws IOException {
        var question = Question.parse(body);
        gate.require(Caller.of(request), "reportSubject", subject(question));
        var made = reporter.report(question);
        var head = made.report().head();
        return JsonNodeFactory.instance
                .objectNode()
                .put("record", made.record())
                .put("lines", made.report().lines().size())
                .put("next", head.next())
                .put("complete", head.complete())
                .put("report", made.jws());
    }

    private Resource subject(Question question) {
        if (question.subject().isPresent())
            return gate.resource("Subject", question.subject().get());
        return question.thing()
                .flatMap(thing -> gate.resource("Thing", thing).owner())
                .map(owner -> gate.resource("Subject", owner))
                .orElse(EVERYBODY);
    }
}
