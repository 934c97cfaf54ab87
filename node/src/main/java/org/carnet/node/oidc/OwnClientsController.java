// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.jose.Json;
import org.carnet.node.access.Oneself;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Shows people whom they let in, and lets them take it back.
@RestController
final class OwnClientsController {
    private final Clients clients;
    private final Oneself oneself;

    OwnClientsController(Clients clients, Oneself oneself) {
        this.clients = clients;
        this.oneself = oneself;
    }

    @Operation(tags = "people", summary = "List the platforms, applications and devices I let in")
    @ApiResponse(
            responseCode = "200",
            description = "Who was let in, and to what.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "LetIn"))))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/api/account/clients")
    List<ObjectNode> listOwnClients(HttpServletRequest request) {
        return clients.letInBy(oneself.may("readAccount", request)).stream()
                .map(
                        one -> {
                            var json =
                                    Json.object()
                                            .put("client", one.client().id())
                                            .put("name", one.client().name());
                            one.scopes().stream().sorted().forEach(json.putArray("scopes")::add);
                            return json;
                        })
                .toList();
    }

    @Operation(
            tags = "people",
            summary = "Shut out a platform, an application or a device",
            description = "Its tokens end at once, and it has to ask again.")
    @ApiResponse(responseCode = "204", description = "It is shut out.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @DeleteMapping("/api/account/clients")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void shutOut(
            @Parameter(description = "The client's identifier.") @RequestParam String id,
            HttpServletRequest request) {
        if (!clients.shutOut(id, oneself.may("endSessions", request))) {
            throw new Problem(ProblemType.NOT_FOUND, "You did not let it in.");
        }
    }
}
