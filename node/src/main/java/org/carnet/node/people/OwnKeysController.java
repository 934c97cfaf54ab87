// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.jose.Json;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Oneself;
import org.carnet.node.people.AccountStore.ProgramKey;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The keys by which a person's own programs act for their account. Whoever has such a key is that person to the node, so
/// adding one needs a fresh sign-in.
@RestController
final class OwnKeysController {
    private static final int MOST_KEYS = 20;

    private final AccountBook accounts;
    private final Means means;
    private final LocalMeans local;
    private final Oneself oneself;

    OwnKeysController(AccountBook accounts, Means means, LocalMeans local, Oneself oneself) {
        this.accounts = accounts;
        this.means = means;
        this.local = local;
        this.oneself = oneself;
    }

    @Operation(tags = "people", summary = "List the keys of one's programs")
    @ApiResponse(
            responseCode = "200",
            description = "By what each is known, and since when.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "ProgramKey"))))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/api/account/keys")
    List<ObjectNode> listOwnKeys(HttpServletRequest request) {
        return accounts.programKeys(oneself.may("readAccount", request)).stream()
                .map(OwnKeysController::json)
                .toList();
    }

    @Operation(
            tags = "people",
            summary = "Let a program act for one's account",
            description =
                    "By its public key; the private one then gets access tokens at /oauth2/token"
                            + " (docs/wire/access-token.md).")
    @ApiResponse(
            responseCode = "201",
            description = "The program may.",
            content = @Content(schema = @Schema(ref = "ProgramKey")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/account/keys")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode addOwnKey(
            @Schema(ref = "NewProgramKey") @RequestBody JsonNode json, HttpServletRequest request) {
        local.require();
        var name = oneself.mayChange(request);
        if (accounts.programKeys(name).size() >= MOST_KEYS)
            throw Body.malformed("An account has at most " + MOST_KEYS + " keys.");
        var key = Accounts.programKey(Body.of(json, "key").object("key"));
        if (!accounts.addKey(name, key, name))
            throw new Problem(ProblemType.CONFLICT, "Some account has this key already.");
        return json(accounts.programKeys(name).getLast());
    }

    @Operation(
            tags = "people",
            summary = "Let a program act no more",
            description = "It gets no token any more; one that it has ends within five minutes.")
    @ApiResponse(responseCode = "204", description = "The key is worth nothing.")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @DeleteMapping("/api/account/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeOwnKey(
            @Parameter(description = "The key's thumbprint, RFC 7638.") @PathVariable String id,
            HttpServletRequest request) {
        if (!means.removeKey(oneself.mayChange(request), id)) {
            throw new Problem(
                    ProblemType.CONFLICT,
                    "It is not there, or it is the only way left into your account.");
        }
    }

    private static ObjectNode json(ProgramKey key) {
        return Json.object().put("id", key.thumbprint()).put("added", key.added().toString());
    }
}
