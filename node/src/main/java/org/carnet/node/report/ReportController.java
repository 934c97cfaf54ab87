// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;

/// Reports for auditors, for whoever manages the node.
@RestController
final class ReportController {
    private final Reporter reporter;

    ReportController(Reporter reporter) {
        this.reporter = reporter;
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
    ObjectNode report(@Schema(ref = "ReportQuestion") @RequestBody JsonNode body)
            throws IOException {
        var made = reporter.report(Question.parse(body));
        var head = made.report().head();
        return JsonNodeFactory.instance
                .objectNode()
                .put("record", made.record())
                .put("lines", made.report().lines().size())
                .put("next", head.next())
                .put("complete", head.complete())
                .put("report", made.jws());
    }
}
