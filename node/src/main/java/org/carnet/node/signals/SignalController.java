// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.access.StepUp;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Signals over HTTP: owners see what concerns them and confirm it, operators decide.
///
/// The gate has decided already who may, before a handler is called.
@RestController
final class SignalController {
    private static final int MOST_LISTED = 1000;
    private static final int LONGEST_REASON = 500;
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final String ID = "The signal's id, which is the index of its record.";

    private final Docket docket;
    private final SignalStore store;
    private final Gate gate;
    private final InstantSource clock;

    SignalController(Docket docket, SignalStore store, Gate gate, InstantSource clock) {
        this.docket = docket;
        this.store = store;
        this.gate = gate;
        this.clock = clock;
    }

    @Operation(
            tags = "signals",
            summary = "List signals of fraud",
            description =
                    "Newest first. Operators, administrators and auditors see all, anybody else"
                            + " what concerns them or what is theirs.")
    @ApiResponse(
            responseCode = "200",
            description = "Signals with their reasons.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Signal"))))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/api/signals")
    List<ObjectNode> listSignals(
            @Parameter(description = "Only those with a smaller id.")
                    @RequestParam(defaultValue = "9223372036854775807")
                    long before,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "100")
                    int limit,
            HttpServletRequest request) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_LISTED);
        }
        var caller = Caller.of(request);
        var any = new Resource("Signal", "", Optional.empty());
        var owner =
                gate.may(caller, "readSignal", any, Circumstances.REMOTE)
                        ? Optional.<String>empty()
                        : Optional.of(caller.id());
        return store.list(owner, before, limit).stream().map(SignalJson::of).toList();
    }

    @Operation(
            tags = "signals",
            summary = "Confirm a thing of one's own",
            description =
                    "The answer to a demanded step-up: whoever owns the thing, or is the person,"
                        + " and proved within the last five minutes who that is. It does not undo a"
                        + " suspension.")
    @ApiResponse(
            responseCode = "200",
            description = "The signal as it is now.",
            content = @Content(schema = @Schema(ref = "Signal")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/signals/{id}/confirm")
    ObjectNode confirmSignal(
            @Parameter(description = ID) @PathVariable long id, HttpServletRequest request) {
        var caller = Caller.of(request);
        var signal = found(id);
        if (!caller.id().equals(signal.finding().party().owner())) {
            throw new Problem(ProblemType.FORBIDDEN, "Only its owner confirms it.");
        }
        var now = clock.instant();
        var latest = signal.raised().isAfter(now.minus(FRESH)) ? signal.raised() : now.minus(FRESH);
        if (caller.since().isBefore(latest)) throw StepUp.needed(FRESH);
        return docket.confirm(id, caller.id())
                .map(SignalJson::of)
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.CONFLICT,
                                        "There is nothing to confirm any more; an operator"
                                                + " decides."));
    }

    @Operation(
            tags = "signals",
            summary = "Lift or uphold what followed from a signal",
            description =
                    "For operators and moderators, but not about what is theirs. Lifted, it holds"
                            + " no more from the next update on; upheld, the party stays suspended."
                            + " Both are on the record first.")
    @ApiResponse(
            responseCode = "200",
            description = "The signal as it is now.",
            content = @Content(schema = @Schema(ref = "Signal")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/signals/{id}/appeal")
    ObjectNode decideAppeal(
            @Parameter(description = ID) @PathVariable long id,
            @Schema(ref = "Appeal") @RequestBody JsonNode body,
            HttpServletRequest request) {
        var caller = Caller.of(request);
        found(id);
        var lift =
                switch (text(body, "decision")) {
                    case "lift" -> true;
                    case "uphold" -> false;
                    default ->
                            throw new Problem(
                                    ProblemType.MALFORMED_REQUEST,
                                    "\"decision\" is \"lift\" or \"uphold\"");
                };
        return docket.appeal(id, lift, caller.id(), text(body, "why"))
                .map(SignalJson::of)
                .orElseThrow(() -> new Problem(ProblemType.CONFLICT, "It holds no more already."));
    }

    private Signal found(long id) {
        return store.find(id)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "no signal has this id"));
    }

    private static String text(JsonNode body, String member) {
        var text = body.path(member).isString() ? body.path(member).asString() : "";
        if (text.isBlank() || text.length() > LONGEST_REASON) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"" + member + "\" is a text of 1 to " + LONGEST_REASON + " characters");
        }
        return text;
    }
}
