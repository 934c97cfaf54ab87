// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.jose.Json;
import org.carnet.node.access.Oneself;
import org.carnet.node.access.SameOrigin;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Optional;

/// How people enter with the account that they have at another platform. Browsers walk through it, so what goes wrong is
/// said by the page of signing in.
@RestController
final class RelyingController {
    private static final String PROVIDER = "The provider's name in the settings.";
    private static final String ACCOUNT_PAGE = "/#/account";

    private final Entrance entrance;
    private final ClientKey key;
    private final Oneself oneself;

    RelyingController(Entrance entrance, ClientKey key, Oneself oneself) {
        this.entrance = entrance;
        this.key = key;
        this.oneself = oneself;
    }

    @Operation(
            tags = "people",
            summary = "Begin to sign in at another platform",
            description = "For a browser, from a page of this node or by its user.")
    @ApiResponse(responseCode = "303", description = "To the provider, or back with the reason.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @SecurityRequirements
    @GetMapping("/sign-in/at/{provider}")
    ResponseEntity<Void> beginForeignSignIn(
            @Parameter(description = PROVIDER) @PathVariable String provider,
            @Parameter(description = "The path of this node to go on to.")
                    @RequestParam(required = false)
                    @Nullable String then,
            @Parameter(description = "Whether to prove anew who one is.")
                    @RequestParam(required = false)
                    @Nullable String again,
            HttpServletRequest request,
            HttpServletResponse response) {
        SameOrigin.refuseOthers(request);
        var there = known(provider);
        try {
            return seeOther(
                    entrance.leave(
                            there, then, again != null, Optional.empty(), request, response));
        } catch (Refused refused) {
            return seeOther(entrance.refusal(there, then, refused));
        }
    }

    @Operation(
            tags = "people",
            summary = "Come back from another platform",
            description =
                    "With the parameters of an authorization response (RFC 6749 section 4.1.2, RFC"
                            + " 9207).")
    @ApiResponse(
            responseCode = "303",
            description = "To where the person wanted to go, signed in; or back with the reason.")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @SecurityRequirements
    @GetMapping("/sign-in/from/{provider}")
    ResponseEntity<Void> endForeignSignIn(
            @Parameter(description = PROVIDER) @PathVariable String provider,
            HttpServletRequest request,
            HttpServletResponse response) {
        return seeOther(entrance.arrive(known(provider), request, response));
    }

    @Operation(
            tags = "people",
            summary = "Read this node's key as a client",
            description = "What a provider has to know to register it (private_key_jwt).")
    @ApiResponse(
            responseCode = "200",
            description = "A JWK set, RFC 7517 section 5.",
            content = @Content(schema = @Schema(type = "object")))
    @SecurityRequirements
    @GetMapping("/sign-in/client-keys")
    ObjectNode readClientKeys() {
        return key.published();
    }

    @Operation(
            tags = "people",
            summary = "Begin to link an account on another platform",
            description = "Whoever comes back from there signs in here as this account then.")
    @ApiResponse(
            responseCode = "200",
            description = "Where to send the browser.",
            content = @Content(schema = @Schema(ref = "IdentityLinking")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "503", ref = "Unavailable")
    @PostMapping("/api/account/identities")
    ObjectNode beginIdentityLink(
            @Schema(ref = "NewIdentity") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response) {
        var account = Optional.of(oneself.mayChange(request));
        if (!json.isObject() || json.size() != 1 || !json.path("provider").isString()) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "The body is an object with provider.");
        }
        var there = known(json.path("provider").asString());
        try {
            var leave = entrance.leave(there, ACCOUNT_PAGE, false, account, request, response);
            return Json.object().put("location", leave.toString());
        } catch (Refused refused) {
            entrance.refusal(there, ACCOUNT_PAGE, refused);
            throw new Problem(
                    ProblemType.UNAVAILABLE,
                    there.settings().label() + " cannot be reached now, or takes no request.");
        }
    }

    private OpenIdProvider known(String key) {
        return entrance.provider(key)
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_FOUND, "No provider has this name."));
    }

    private static ResponseEntity<Void> seeOther(URI where) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header("Cache-Control", "no-store")
                .location(where)
                .build();
    }
}
