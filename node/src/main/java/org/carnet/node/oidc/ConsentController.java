// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.jose.Json;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Collection;

/// Tells the page on which people consent what is asked of them, from what the node keeps: its address proves nothing.
@RestController
@SecurityRequirements
final class ConsentController {
    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final String REQUEST = OAuth2AuthorizationRequest.class.getName();

    private final BrowserSessions browsers;
    private final Clients clients;
    private final OAuth2AuthorizationService grants;

    ConsentController(
            BrowserSessions browsers, Clients clients, OAuth2AuthorizationService grants) {
        this.browsers = browsers;
        this.clients = clients;
        this.grants = grants;
    }

    @Operation(
            tags = "sign-in",
            summary = "Read what a client asks of the person who is signed in",
            description = "POST /oauth2/authorize with its scopes, or without, is the answer.")
    @ApiResponse(
            responseCode = "200",
            description = "Who asks for what.",
            content = @Content(schema = @Schema(ref = "ConsentQuestion")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/sign-in/consent")
    ObjectNode readConsentQuestion(
            @Parameter(description = "Which question.") @RequestParam String state,
            HttpServletRequest request) {
        var person = browsers.who(request).orElseThrow(ConsentController::unknown);
        var asked = state.isEmpty() ? null : grants.findByToken(state, STATE);
        if (asked == null
                || !asked.getPrincipalName().equals(person.id())
                || !(asked.getAttribute(REQUEST) instanceof OAuth2AuthorizationRequest wish)) {
            throw unknown();
        }
        var client = clients.find(wish.getClientId()).orElseThrow(ConsentController::unknown);
        return question(client, person.id(), wish.getScopes())
                .put("leadsTo", place(String.valueOf(wish.getRedirectUri())));
    }

    static ObjectNode question(Client client, String account, Collection<String> scopes) {
        var json =
                Json.object()
                        .put("account", account)
                        .put("client", client.id())
                        .put("name", client.name());
        scopes.stream().sorted().forEach(json.withArray("scopes")::add);
        return json;
    }

    private static String place(String redirect) {
        var uri = URI.create(redirect);
        return uri.getAuthority() == null ? uri.getScheme() : uri.getAuthority();
    }

    private static Problem unknown() {
        return new Problem(
                ProblemType.NOT_FOUND,
                "Nothing is asked of you here any more: begin again where you came from.");
    }
}
