// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How the record grows, for the plot of the page.
@RestController
final class GrowthController {
    private final Growth growth;

    GrowthController(Growth growth) {
        this.growth = growth;
    }

    @Operation(
            tags = "node",
            summary = "How the record has grown since the node started",
            description = "At most " + Growth.MOST + " measurements, evenly spread.")
    @ApiResponse(
            responseCode = "200",
            description = "Measurements, the newest last.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Measurement"))))
    @GetMapping("/api/growth")
    ArrayNode readGrowth() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var point : growth.points()) {
            list.addObject()
                    .put("time", point.time().toString())
                    .put("records", point.records())
                    .put("bytes", point.bytes());
        }
        return list;
    }
}
