// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import com.nimbusds.jose.jwk.ECKey;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.jose.Json;
import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.Role;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Opens the first administrator's account for whoever has the token that the node printed at its first start.
@RestController
final class KeyEnrolmentController {
    private static final String BY = "bootstrap";
    private static final Set<Role> FIRST = Set.of(Role.ADMINISTRATOR, Role.OPERATOR);

    private final BootstrapToken token;
    private final Accounts accounts;

    KeyEnrolmentController(BootstrapToken token, Accounts accounts) {
        this.token = token;
        this.accounts = accounts;
    }

    @Operation(
            tags = "sign-in",
            summary = "Enrol the first administrator by a key",
            description =
                    "With the token that the node printed, as a bearer token; it is void from then"
                            + " on. The private key then gets access tokens at /oauth2/token"
                            + " (docs/wire/access-token.md).")
    @ApiResponse(
            responseCode = "201",
            description = "The account is open.",
            content = @Content(schema = @Schema(ref = "Enrolled")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/enrolment")
    ResponseEntity<ObjectNode> enrol(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @Schema(ref = "Enrolment") @RequestBody JsonNode body)
            throws IOException {
        var presented = presented(authorization);
        var name = SignedToken.text(body, "name");
        var key = Accounts.programKey(body.path("key"));
        try {
            Account.requireName(name);
            var account = token.spend(presented, () -> open(name, key));
            if (account.isPresent()) {
                var enrolled = Json.object().put("name", name);
                account.get().roles().stream()
                        .sorted()
                        .forEach(role -> enrolled.withArray("roles").add(role.name()));
                return ResponseEntity.status(HttpStatus.CREATED).body(enrolled);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
        if (!token.matches(presented)) {
            throw new Problem(
                    ProblemType.UNAUTHORIZED, "This is not the node's token, or it was used.");
        }
        throw new Problem(ProblemType.CONFLICT, "Somebody has this name, or this key.");
    }

    private Optional<Account> open(String name, ECKey key) {
        var account = accounts.open(name, FIRST, BY);
        if (account.isPresent()) accounts.addKey(name, key, BY);
        return account;
    }

    private static String presented(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw new Problem(
                    ProblemType.UNAUTHORIZED, "Send the node's token as Authorization: Bearer.");
        }
        return authorization.substring("Bearer ".length());
    }
}
