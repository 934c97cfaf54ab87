// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The anchors of this node's log, for whoever wants to look for them on the chain.
@RestController
final class AnchorController {
    private static final int MOST_LISTED = 500;

    private final AnchorKeeper keeper;
    private final String origin;

    AnchorController(AnchorKeeper keeper, String origin) {
        this.keeper = keeper;
        this.origin = origin;
    }

    @Operation(
            tags = "log",
            summary = "List the anchors of the log, newest first",
            description =
                    "Checkpoints that a contract on an EVM chain keeps. Public, as the log is.")
    @ApiResponse(
            responseCode = "200",
            description = "The contract and its anchors; none where this node does not anchor.",
            content = @Content(schema = @Schema(ref = "AnchorPage")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/anchors")
    ObjectNode listAnchors(
            @Parameter(
                            description = "Only anchors of fewer records than this.",
                            schema = @Schema(minimum = "0"))
                    @RequestParam
                    @Nullable Long below,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "50")
                    int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_LISTED);
        }
        var json = JsonNodeFactory.instance.objectNode().put("origin", origin);
        var list = JsonNodeFactory.instance.arrayNode();
        keeper.anchoring()
                .ifPresent(
                        anchoring -> {
                            var site = anchoring.site();
                            json.put("chain", site.chain()).put("contract", site.contract().text());
                            long bound = below == null ? Long.MAX_VALUE : below;
                            for (var anchored : anchoring.store().newest(bound, limit)) {
                                list.add(json(anchored));
                            }
                        });
        keeper.trouble().ifPresent(trouble -> json.put("trouble", trouble));
        json.set("anchors", list);
        return json;
    }

    private static ObjectNode json(Anchored anchored) {
        var checkpoint = anchored.checkpoint();
        return JsonNodeFactory.instance
                .objectNode()
                .put("size", checkpoint.size())
                .put("root", checkpoint.root().toBase64())
                .put("transaction", anchored.transaction())
                .put("block", anchored.block())
                .put("time", anchored.time().toString())
                .put("checkpoint", anchored.note().toUtf8());
    }
}
