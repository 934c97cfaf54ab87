// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.attestation.Evidence;
import org.carnet.envelope.Reason;
import org.carnet.node.access.Caller;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// How a device comes to its owner, over HTTP: it asks, attests and shows a code; the owner says the code here.
@RestController
final class ClaimController {
    private static final String CLAIM = "The claim's id, which the device alone knows.";
    private static final String CODE = "What the device shows; hyphens and case play no part.";

    private final Claims claims;
    private final InstantSource clock;

    ClaimController(Claims claims, InstantSource clock) {
        this.claims = claims;
        this.clock = clock;
    }

    @Operation(
            tags = "claims",
            summary = "Ask to be claimed",
            description = "No token: a device proves itself with what its maker gave it.")
    @ApiResponse(
            responseCode = "201",
            description = "What to attest with, within ten minutes.",
            content = @Content(schema = @Schema(ref = "Claim")))
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/claims")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode askToBeClaimed() {
        var asked =
                claims.ask()
                        .orElseThrow(
                                () -> tooMany("Too many devices wait to be claimed; try later."));
        return Details.object()
                .put("id", asked.id())
                .put("nonce", asked.nonce().toBase64Url())
                .put("until", asked.until().toString());
    }

    @Operation(
            tags = "claims",
            summary = "Attest",
            description =
                    "The maker's chain or credential, an Entity Attestation Token (RFC 9711) with"
                        + " the nonce, and possession of the key that the device wants to be known"
                        + " by. Once for each claim. The refusal says exactly what does not hold.")
    @ApiResponse(
            responseCode = "200",
            description = "The code that the owner has to say.",
            content = @Content(schema = @Schema(ref = "ClaimCode")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/claims/{id}/attestation")
    ObjectNode attest(
            @Parameter(description = CLAIM) @PathVariable String id,
            @Schema(ref = "DeviceEvidence") @RequestBody JsonNode body) {
        try {
            return switch (claims.attest(id, evidence(body), request(body))) {
                case Claims.Attestation.Shown(var waiting) ->
                        Details.object()
                                .put("code", waiting.code())
                                .put("until", waiting.until().toString());
                case Claims.Attestation.Refused(var why) ->
                        throw new Problem(
                                ProblemType.ATTESTATION_REFUSED,
                                why.why(),
                                Map.of("flaw", why.flaw().slug()));
                case Claims.Attestation.Unknown() -> throw unknown();
                case Claims.Attestation.Taken() ->
                        throw new Problem(
                                ProblemType.CONFLICT, "this device was claimed here before");
            };
        } catch (IllegalArgumentException e) {
            throw OutcomeJson.malformed(e);
        }
    }

    private static Evidence evidence(JsonNode body) {
        var possession = body.path("possession");
        return new Evidence(
                endorsement(body),
                token(body.path("attestation")),
                possession.isMissingNode() ? Optional.empty() : Optional.of(token(possession)));
    }

    private static Evidence.Endorsed endorsement(JsonNode body) {
        if (body.has("chain") == body.has("credential"))
            throw new IllegalArgumentException("one of \"chain\" and \"credential\" is there");
        if (body.has("credential")) {
            return new Evidence.Credential(body.path("credential").asString(""));
        }
        if (!body.path("chain").isArray())
            throw new IllegalArgumentException("\"chain\" is a list of certificates in base64");
        var chain = new ArrayList<Bytes>();
        for (var der : body.path("chain")) chain.add(Bytes.base64(der.asString("")));
        return new Evidence.Chain(chain);
    }

    /// A JWT as it is, or a CWT in base64url; no CWT begins as a JWT does.
    private static Bytes token(JsonNode token) {
        var text = token.asString("");
        return text.startsWith("e") ? Bytes.utf8(text) : Bytes.base64Url(text);
    }

    private static ObjectNode request(JsonNode body) {
        var request = Details.object();
        for (var member : new String[] {"thingDescription", "route", "gateway"}) {
            if (body.has(member)) request.set(member, body.path(member));
        }
        return request;
    }

    @Operation(tags = "claims", summary = "See whether the owner confirmed")
    @ApiResponse(
            responseCode = "200",
            description = "Whether the thing is registered.",
            content = @Content(schema = @Schema(ref = "ClaimState")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/claims/{id}")
    ObjectNode readClaim(@Parameter(description = CLAIM) @PathVariable String id) {
        try {
            var state = Details.object();
            claims.claimed(id)
                    .ifPresentOrElse(
                            thing -> state.put("state", "claimed").put("thing", thing.value()),
                            () -> state.put("state", "waiting"));
            return state;
        } catch (NoSuchElementException e) {
            throw unknown();
        }
    }

    @Operation(
            tags = "claims",
            summary = "Look at a device before claiming it",
            description = "Codes that no device shows are counted: after five of them, wait.")
    @ApiResponse(
            responseCode = "200",
            description = "What its maker and the device say of it.",
            content = @Content(schema = @Schema(ref = "ClaimedDevice")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @GetMapping("/api/claims/{code}")
    ObjectNode lookAtDevice(
            @Parameter(description = CODE) @PathVariable String code, HttpServletRequest request) {
        var waiting = look(code, request);
        var json = Claims.json(waiting.device());
        return json.put("until", waiting.until().toString());
    }

    @Operation(
            tags = "claims",
            summary = "Claim the device that shows this code",
            description = "It is on the record before it is yours.")
    @ApiResponse(
            responseCode = "200",
            description = "Registered.",
            content = @Content(schema = @Schema(ref = "Registered")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/claims/{code}")
    ObjectNode claimDevice(
            @Parameter(description = CODE) @PathVariable String code, HttpServletRequest request) {
        var waiting = look(code, request);
        var account = Caller.of(request).id();
        return OutcomeJson.of(() -> claims.confirm(waiting, account), clock.instant());
    }

    private Claims.Waiting look(String code, HttpServletRequest request) {
        return switch (claims.look(code, Caller.of(request).id())) {
            case Claims.Lookup.Found(var waiting) -> waiting;
            case Claims.Lookup.NotFound() ->
                    throw new Problem(ProblemType.NOT_FOUND, "no device shows this code");
            case Claims.Lookup.TooMany() ->
                    throw tooMany(
                            "Too many codes that no device shows; wait a quarter of an hour.");
        };
    }

    private static Problem tooMany(String why) {
        return new Problem(ProblemType.of(Reason.RATE_LIMITED), why);
    }

    private static Problem unknown() {
        return new Problem(ProblemType.NOT_FOUND, "there is no such claim, or it attested before");
    }
}
