// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.jose.Json;
import org.carnet.node.access.Caller;
import org.carnet.node.access.StepUp;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which platforms and applications people may sign in to with their account here.
@RestController
final class ClientController {
    private static final Set<String> MEMBERS =
            Set.of(
                    "id",
                    "name",
                    "keys",
                    "redirectUris",
                    "postLogoutRedirectUris",
                    "scopes",
                    "device",
                    "refresh",
                    "dpop",
                    "idTokenAlgorithm",
                    "sector");

    private final Clients clients;
    private final StepUp stepUp;

    ClientController(Clients clients, StepUp stepUp) {
        this.clients = clients;
        this.stepUp = stepUp;
    }

    @Operation(tags = "sign-in", summary = "List the clients of this provider")
    @ApiResponse(
            responseCode = "200",
            description = "Clients, by identifier.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Client"))))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/api/clients")
    List<ObjectNode> listClients() {
        return clients.list().stream().map(ClientController::json).toList();
    }

    @Operation(
            tags = "sign-in",
            summary = "Register a client of this provider",
            description =
                    "With `keys` it proves itself by them (private_key_jwt); without, it is public."
                            + " It is on the record before it holds.")
    @ApiResponse(
            responseCode = "201",
            description = "The client.",
            content = @Content(schema = @Schema(ref = "Client")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/clients")
    ResponseEntity<ObjectNode> registerClient(
            @Schema(ref = "NewClient") @RequestBody JsonNode body, HttpServletRequest request) {
        var caller = Caller.of(request);
        stepUp.require(caller);
        try {
            var client = read(body);
            if (!clients.register(client, caller.id())) {
                throw new Problem(ProblemType.CONFLICT, "Another client has this identifier.");
            }
            return ResponseEntity.status(HttpStatus.CREATED).body(json(client));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    @Operation(
            tags = "sign-in",
            summary = "Remove a client of this provider",
            description = "What people let it have ends at once.")
    @ApiResponse(responseCode = "204", description = "It is none any more.")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @DeleteMapping("/api/clients")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeClient(
            @Parameter(description = "The client's identifier, which may be an address.")
                    @RequestParam
                    String id,
            HttpServletRequest request) {
        var caller = Caller.of(request);
        stepUp.require(caller);
        if (!clients.remove(id, caller.id())) {
            throw new Problem(ProblemType.NOT_FOUND, "No client has this identifier.");
        }
    }

    private Client read(JsonNode body) {
        if (!body.isObject() || !MEMBERS.containsAll(body.propertyNames())) {
            throw new IllegalArgumentException("a client is an object with " + MEMBERS);
        }
        var id = text(body, "id", clients.newId());
        var redirects = texts(body, "redirectUris", Set.of());
        redirects.forEach(RedirectUris::require);
        // Whose addresses share no host, or only that of this machine, is a sector by itself.
        var sector = RedirectUris.sector(redirects);
        return new Client(
                id,
                text(body, "name", id),
                keys(body.path("keys")),
                redirects,
                texts(body, "postLogoutRedirectUris", Set.of()),
                texts(body, "scopes", Set.of("openid")),
                flag(body, "device", false),
                flag(body, "refresh", false),
                flag(body, "dpop", true),
                text(body, "idTokenAlgorithm", "ES256"),
                text(body, "sector", sector.isEmpty() ? id : sector));
    }

    private static List<DidKey> keys(JsonNode keys) {
        if (keys.isMissingNode()) return List.of();
        if (!keys.isArray()) throw new IllegalArgumentException("\"keys\" is a list of JWKs");
        return keys.valueStream().map(Jwk::parse).toList();
    }

    private static String text(JsonNode body, String name, String usual) {
        var value = body.path(name);
        if (value.isMissingNode()) return usual;
        if (!value.isString()) throw new IllegalArgumentException("\"" + name + "\" is a text");
        return value.asString("");
    }

    private static Set<String> texts(JsonNode body, String name, Set<String> usual) {
        var value = body.path(name);
        if (value.isMissingNode()) return usual;
        var texts = new LinkedHashSet<String>();
        value.valueStream().forEach(one -> texts.add(one.isString() ? one.asString("") : ""));
        if (!value.isArray() || texts.contains("")) {
            throw new IllegalArgumentException("\"" + name + "\" is a list of texts");
        }
        return texts;
    }

    private static boolean flag(JsonNode body, String name, boolean usual) {
        var value = body.path(name);
        if (value.isMissingNode()) return usual;
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("\"" + name + "\" is true or false");
        }
        return value.asBoolean();
    }

    private static ObjectNode json(Client client) {
        var json = Json.object().put("id", client.id()).put("name", client.name());
        for (var key : client.keys()) {
            var jwk = json.withArray("keys").addObject();
            Jwk.members(key).forEach(jwk::put);
        }
        client.redirects().stream().sorted().forEach(json.putArray("redirectUris")::add);
        client.farewells().stream().sorted().forEach(json.putArray("postLogoutRedirectUris")::add);
        client.scopes().stream().sorted().forEach(json.putArray("scopes")::add);
        return json.put("device", client.device())
                .put("refresh", client.refreshes())
                .put("dpop", client.bound())
                .put("idTokenAlgorithm", client.idTokens())
                .put("sector", client.sector());
    }
}
