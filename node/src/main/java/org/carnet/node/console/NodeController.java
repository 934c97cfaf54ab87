// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.identity.SignatureProvider;
import org.carnet.node.settings.Ports;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/// The node at a glance.
@RestController
final class NodeController {
    /// Who this node is.
    record Identity(String name, String origin, String did, String vkey, Instant startedAt) {}

    private final Identity identity;
    private final Ports ports;
    private final Framework framework;

    NodeController(Identity identity, Ports ports, Framework framework) {
        this.identity = identity;
        this.ports = ports;
        this.framework = framework;
    }

    @Operation(tags = "node", summary = "The node at a glance")
    @ApiResponse(
            responseCode = "200",
            description = "Its names, keys, counts and ports.",
            content = @Content(schema = @Schema(ref = "Node")))
    @GetMapping("/api/node")
    ObjectNode readNode() {
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", identity.name())
                        .put("origin", identity.origin())
                        .put("did", identity.did())
                        .put("vkey", identity.vkey())
                        .put("signatureProvider", SignatureProvider.active().name())
                        .put("startedAt", identity.startedAt().toString());
        framework.agents(json);
        var open = json.putObject("ports");
        ports.all().forEach(open::put);
        return json;
    }

    @Operation(tags = "node", summary = "What has passed each reference point")
    @ApiResponse(
            responseCode = "200",
            description = "Totals since the start.",
            content = @Content(schema = @Schema(ref = "Framework")))
    @GetMapping("/api/framework")
    ObjectNode readFramework() {
        return framework.state();
    }
}
