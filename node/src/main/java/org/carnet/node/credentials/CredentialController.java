// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Cryptosuite;
import org.carnet.credential.ProofExpectation;
import org.carnet.credential.ProofOptions;
import org.carnet.credential.Refused;
import org.carnet.credential.Status;
import org.carnet.credential.VerifiedCredential;
import org.carnet.jose.Json;
import org.carnet.node.access.Caller;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.web.Pace;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Credentials over HTTP, as the VC API of W3C's credentials group has it and its suites ask for it.
@RestController
final class CredentialController {
    private static final Set<String> ISSUE_OPTIONS =
            Set.of("cryptosuite", "mediaType", "revocable");
    private static final String ENVELOPED = "application/vc+jwt";

    private final Issuance issuance;
    private final CredentialVerifier verifier;
    private final Map<String, Cryptosuite> suites;
    private final Pace pace;
    private final InstantSource clock;

    CredentialController(
            Issuance issuance,
            CredentialVerifier verifier,
            Map<String, Cryptosuite> suites,
            Pace pace,
            InstantSource clock) {
        this.issuance = issuance;
        this.verifier = verifier;
        this.suites = suites;
        this.pace = pace;
        this.clock = clock;
    }

    @Operation(
            tags = "credentials",
            summary = "Issue a credential",
            description =
                    "The credential is issued in this node's own name, and is on the record before"
                            + " it is answered. The options are `cryptosuite` (eddsa-jcs-2022,"
                            + " which is usual, or eddsa-rdfc-2022), `mediaType`"
                            + " (application/vc+jwt for an enveloped one) and `revocable` (true,"
                            + " which is usual, or false).")
    @ApiResponse(
            responseCode = "201",
            description = "The credential, as `verifiableCredential`.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/credentials/issue")
    ResponseEntity<String> issueCredential(
            @Schema(type = "object") @RequestBody byte[] body, HttpServletRequest request) {
        var caller = Issuers.require(request);
        var json = Answers.read(body);
        var options = Answers.options(json);
        if (!ISSUE_OPTIONS.containsAll(options.propertyNames()))
            throw Answers.malformed("The options are among " + ISSUE_OPTIONS + ".");
        var secured = secured(Answers.object(json, "credential"), options, caller);
        var answer = Json.object();
        answer.set("verifiableCredential", secured);
        return answer(201, answer);
    }

    private ObjectNode secured(ObjectNode credential, ObjectNode options, Caller caller) {
        var suite = suites.get(options.path("cryptosuite").asString("eddsa-jcs-2022"));
        var mediaType = options.path("mediaType").asString("");
        if (suite == null || !(mediaType.isEmpty() || mediaType.equals(ENVELOPED)))
            throw Answers.malformed(
                    "\"cryptosuite\" is one of "
                            + suites.keySet()
                            + ", \"mediaType\" "
                            + ENVELOPED);
        try {
            var prepared =
                    issuance.prepare(
                            credential, options.path("revocable").asBoolean(true), caller.id());
            return mediaType.isEmpty()
                    ? issuance.proven(prepared, suite)
                    : issuance.enveloped(prepared);
        } catch (IllegalArgumentException e) {
            throw Answers.malformed("The credential is not issued: " + e.getMessage() + ".");
        }
    }

    @Operation(
            tags = "credentials",
            summary = "Check a credential",
            description =
                    "Shape, proofs, time, status and digests. What is wrong is told with W3C's own"
                        + " problem types in `errors`; after the signature held, everything that is"
                        + " wrong is told together.")
    @ApiResponse(
            responseCode = "200",
            description = "It holds; `credential` is what was signed.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/credentials/verify")
    ResponseEntity<String> verifyCredential(@Schema(type = "object") @RequestBody byte[] body) {
        pace.next();
        var json = Answers.read(body);
        return switch (verifier.verify(
                Answers.object(json, "verifiableCredential"), clock.instant())) {
            case CredentialVerdict.Rejected(var reasons) -> rejected(reasons);
            case VerifiedCredential verified -> {
                var answer = Json.object().put("verified", true);
                answer.set("credential", verified.credential().json());
                yield answer(200, answer);
            }
        };
    }

    @Operation(
            tags = "credentials",
            summary = "Check a presentation",
            description =
                    "The presentation's own proof, made for authentication over `challenge` and"
                            + " `domain` of the options, and every credential in it.")
    @ApiResponse(
            responseCode = "200",
            description = "All of it holds.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/presentations/verify")
    ResponseEntity<String> verifyPresentation(@Schema(type = "object") @RequestBody byte[] body) {
        pace.next();
        var json = Answers.read(body);
        var options = Answers.options(json);
        var expected =
                new ProofExpectation(
                        ProofOptions.AUTHENTICATION,
                        text(options, "domain"),
                        text(options, "challenge"));
        var reasons =
                verifier.verifyPresentation(
                        Answers.object(json, "verifiablePresentation"), expected, clock.instant());
        return reasons.isEmpty()
                ? answer(200, Json.object().put("verified", true))
                : rejected(reasons);
    }

    private static @Nullable String text(ObjectNode options, String name) {
        var value = options.get(name);
        if (value == null) return null;
        if (!value.isString()) throw Answers.malformed("\"" + name + "\" is a string.");
        return value.stringValue();
    }

    @Operation(
            tags = "credentials",
            summary = "Revoke or suspend a credential",
            description =
                    "By the credential's id. `statusPurpose` is `revocation`, which is for good, or"
                            + " `suspension`; `status` false ends a suspension. The act is on the"
                            + " record before the list tells it; verifiers learn of it within"
                            + " `credentials.status-ttl`.")
    @ApiResponse(
            responseCode = "200",
            description = "What it is now.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/credentials/status")
    ResponseEntity<String> changeStatus(
            @Schema(type = "object") @RequestBody byte[] body, HttpServletRequest request) {
        var caller = Issuers.require(request);
        var json = Answers.read(body);
        var wanted = wanted(json);
        var id = json.path("credentialId").stringValue("");
        var now =
                issuance.mark(id, wanted, caller.id())
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                ProblemType.NOT_FOUND,
                                                "No credential of this id can be revoked here."));
        if (now != wanted)
            throw new Problem(ProblemType.CONFLICT, "A revoked credential stays revoked.");
        return answer(200, Json.object().put("credentialId", id).put("status", now.name()));
    }

    private static Status wanted(ObjectNode json) {
        var purpose = Answers.object(json, "credentialStatus").path("statusPurpose").asString("");
        if (!json.path("status").isBoolean())
            throw Answers.malformed("\"status\" is true or false.");
        boolean set = json.path("status").booleanValue();
        if (purpose.equals(Status.REVOKED.purpose()) && set) return Status.REVOKED;
        if (purpose.equals(Status.SUSPENDED.purpose()))
            return set ? Status.SUSPENDED : Status.VALID;
        throw Answers.malformed(
                "\"statusPurpose\" is suspension, or revocation with a \"status\" of true.");
    }

    private static ResponseEntity<String> rejected(List<Refused> reasons) {
        return ResponseEntity.status(ProblemType.CREDENTIAL_REFUSED.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Json.text(Answers.rejected(reasons)));
    }

    private static ResponseEntity<String> answer(int status, ObjectNode json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.text(json));
    }
}
