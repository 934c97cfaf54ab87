// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.envelope.KeyStatement;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.access.StepUp;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/// What becomes of registered things, over HTTP: their owners say so, and a thing changes its key by itself.
@RestController
final class LifecycleController {
    private static final String THING = "The thing's identifier, as it is.";

    private final Lifecycle lifecycle;
    private final Gate gate;
    private final StepUp stepUp;
    private final InstantSource clock;
    private final String platform;

    /// @param platform this node's name, to which statements of keys are made out
    LifecycleController(
            Lifecycle lifecycle, Gate gate, StepUp stepUp, InstantSource clock, String platform) {
        this.lifecycle = lifecycle;
        this.gate = gate;
        this.stepUp = stepUp;
        this.clock = clock;
        this.platform = platform;
    }

    @Operation(
            tags = "things",
            summary = "Let a thing change its key",
            description =
                    "No token: the key that it has signs for the next one, and the next one for"
                            + " itself. From that record on the earlier key is worth nothing.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/things/{did}/key")
    ObjectNode changeKey(
            @Parameter(description = THING) @PathVariable String did,
            @Schema(ref = "KeyChange") @RequestBody JsonNode body) {
        var possession = statement(body, "possession");
        var consent = statement(body, "consent");
        if (!consent.thing().value().equals(did))
            throw new Problem(ProblemType.MALFORMED_REQUEST, "\"consent\" is of another thing");
        var thing = new Caller(Caller.Kind.THING, did, Set.of(), Set.of("pop"), clock.instant());
        var resource = gate.resource("Thing", did);
        if (!gate.may(thing, "rotateKey", resource, Circumstances.REMOTE))
            throw new Problem(ProblemType.FORBIDDEN, "things do not change their keys here");
        return carryOut(() -> lifecycle.rotate(possession, consent));
    }

    @Operation(
            tags = "things",
            summary = "Give a thing another key",
            description =
                    "For a thing whose key is lost, revoked or stolen. It may send again from that"
                            + " record on.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things/{did}/rotate")
    ObjectNode rotateKey(
            @Parameter(description = THING) @PathVariable String did,
            @Schema(ref = "Possession") @RequestBody JsonNode body,
            HttpServletRequest request) {
        stepUp.require(Caller.of(request));
        var possession = statement(body, "possession");
        return carryOut(() -> lifecycle.rotate(DidKey.parse(did), possession));
    }

    @Operation(
            tags = "things",
            summary = "Report a thing lost",
            description = "Nothing that it sends is taken until it is found or has another key.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things/{did}/lost")
    ObjectNode loseThing(@Parameter(description = THING) @PathVariable String did) {
        return carryOut(() -> lifecycle.lose(DidKey.parse(did)));
    }

    @Operation(
            tags = "things",
            summary = "Report a thing found",
            description = "It may send again, with the key that it had.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things/{did}/found")
    ObjectNode findThing(
            @Parameter(description = THING) @PathVariable String did, HttpServletRequest request) {
        stepUp.require(Caller.of(request));
        return carryOut(() -> lifecycle.find(DidKey.parse(did)));
    }

    @Operation(
            tags = "things",
            summary = "Revoke a thing's key",
            description = "For good: only another key brings the thing back.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things/{did}/revoke")
    ObjectNode revokeKey(@Parameter(description = THING) @PathVariable String did) {
        return carryOut(() -> lifecycle.revoke(DidKey.parse(did)));
    }

    @Operation(
            tags = "things",
            summary = "Take a thing out of service",
            description = "For good: its mappings end, and it is never registered here again.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/things/{did}/decommission")
    ObjectNode decommissionThing(
            @Parameter(description = THING) @PathVariable String did, HttpServletRequest request) {
        stepUp.require(Caller.of(request));
        return carryOut(() -> lifecycle.decommission(DidKey.parse(did)));
    }

    @Operation(
            tags = "things",
            summary = "Offer a thing to another account",
            description =
                    "The other account takes it over with the code, within a day. Whether there is"
                            + " such an account is not told. An earlier offer is withdrawn.")
    @ApiResponse(
            responseCode = "201",
            description = "Offered: tell the code to whom it is for.",
            content = @Content(schema = @Schema(ref = "HandOver")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/things/{did}/hand-over")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode offerThing(
            @Parameter(description = THING) @PathVariable String did,
            @Schema(ref = "Offer") @RequestBody JsonNode body,
            HttpServletRequest request) {
        stepUp.require(Caller.of(request));
        try {
            var to = body.path("to").asString("");
            return switch (lifecycle.offer(DidKey.parse(did), to)) {
                case Lifecycle.Offering.NotOffered(var why) -> carryOut(() -> why);
                case Lifecycle.Offering.Offered(var offer) ->
                        Details.object()
                                .put("code", offer.code())
                                .put("to", offer.to())
                                .put("until", offer.until().toString());
            };
        } catch (IllegalArgumentException e) {
            throw OutcomeJson.malformed(e);
        }
    }

    @Operation(tags = "things", summary = "Withdraw an offer", description = "If there is one.")
    @ApiResponse(responseCode = "204", description = "The thing is offered to nobody.")
    @DeleteMapping("/api/things/{did}/hand-over")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawOffer(@Parameter(description = THING) @PathVariable String did) {
        try {
            lifecycle.withdraw(DidKey.parse(did));
        } catch (IllegalArgumentException e) {
            throw OutcomeJson.malformed(e);
        }
    }

    @Operation(
            tags = "things",
            summary = "Take over a thing that was offered",
            description =
                    "With a key that the owner before never had. Their mappings end at that record;"
                            + " their history stays theirs, and nothing of it comes along.")
    @ApiResponse(
            responseCode = "200",
            description = "The thing as it is now, and yours.",
            content = @Content(schema = @Schema(ref = "ThingCondition")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/hand-overs")
    ObjectNode takeOver(
            @Schema(ref = "TakeOver") @RequestBody JsonNode body, HttpServletRequest request) {
        var caller = Caller.of(request);
        stepUp.require(caller);
        var possession = statement(body, "possession");
        var code = body.path("code").asString("");
        return carryOut(() -> lifecycle.takeOver(code, caller.id(), possession));
    }

    private KeyStatement statement(JsonNode body, String member) {
        var text = body.path(member).asString("");
        return switch (KeyStatement.verify(text, platform, clock.instant())) {
            case KeyStatement statement -> statement;
            case Refused refused -> throw OutcomeJson.problem(refused);
        };
    }

    private ObjectNode carryOut(Supplier<Registrar.Outcome> request) {
        return OutcomeJson.of(request, clock.instant());
    }
}
