// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.function.Predicate;

/// Who allowed what, and why; and the policies that say so.
@RestController
final class DecisionController {
    private static final int MOST_LISTED = 500;

    private final DecisionBook decisions;
    private final Gate gate;
    private final PolicyKeeper policies;

    DecisionController(DecisionBook decisions, Gate gate, PolicyKeeper policies) {
        this.decisions = decisions;
        this.gate = gate;
        this.policies = policies;
    }

    @Operation(
            tags = "access",
            summary = "Search decisions, newest first",
            description =
                    "Those that the caller may have explained: a user its own, others all. What was"
                            + " decided likewise again is counted in the summary of its hour.")
    @ApiResponse(
            responseCode = "200",
            description = "Decisions, and where to go on.",
            content = @Content(schema = @Schema(ref = "DecisionPage")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/api/decisions")
    ObjectNode listDecisions(
            @Parameter(description = "Only decisions about this caller.") @RequestParam
                    @Nullable String caller,
            @Parameter(description = "Only decisions about this action, such as `readAvatar`.")
                    @RequestParam
                    @Nullable String action,
            @Parameter(
                            description = "Only what was permitted, or refused.",
                            schema = @Schema(allowableValues = {"permitted", "refused"}))
                    @RequestParam
                    @Nullable String outcome,
            @Parameter(
                            description = "Only decisions before this one.",
                            schema = @Schema(minimum = "0"))
                    @RequestParam
                    @Nullable Long before,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "50")
                    int limit,
            HttpServletRequest request) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"limit\" is a number from 1 to " + MOST_LISTED);
        }
        var page =
                decisions.list(
                        Optional.ofNullable(before),
                        limit,
                        has("caller", caller)
                                .and(has("action", action))
                                .and(has("outcome", outcome))
                                .and(one -> maySee(Caller.of(request), one)));
        var json = JsonMapper.shared().createObjectNode();
        page.next().ifPresent(next -> json.put("next", next));
        json.putArray("decisions").addAll(page.decisions());
        return json;
    }

    private static Predicate<ObjectNode> has(String member, @Nullable String value) {
        return one ->
                value == null || value.isEmpty() || one.path(member).asString("").equals(value);
    }

    private boolean maySee(Caller caller, ObjectNode decision) {
        return gate.may(caller, "explainDecision", about(decision), Circumstances.REMOTE);
    }

    /// A decision belongs to whom it was about.
    private static Resource about(ObjectNode decision) {
        return new Resource(
                "Decision",
                decision.path("decision").asString(""),
                Optional.of(decision.path("caller").asString("")));
    }

    @Operation(
            tags = "access",
            summary = "Explain one decision",
            description = "Who asked for what, which policies decided, and their reasons.")
    @ApiResponse(
            responseCode = "200",
            description = "The decision.",
            content = @Content(schema = @Schema(ref = "Decision")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/decisions/{id}")
    ObjectNode explainDecision(
            @Parameter(
                            description = "The decision's number: its place in the log.",
                            schema = @Schema(minimum = "0"))
                    @PathVariable
                    long id,
            HttpServletRequest request) {
        var found = decisions.find(id);
        var resource =
                found.map(DecisionController::about)
                        .orElse(new Resource("Decision", "" + id, Optional.empty()));
        gate.require(Caller.of(request), "explainDecision", resource);
        return found.orElseThrow(
                () -> new Problem(ProblemType.NOT_FOUND, "No decision has this number."));
    }

    @Operation(
            tags = "access",
            summary = "Read the policies in force",
            description =
                    "As they stand in their files, with the reason of each; and why what was edited"
                            + " since is not in force.")
    @ApiResponse(
            responseCode = "200",
            description = "The policies.",
            content = @Content(schema = @Schema(ref = "PolicySet")))
    @GetMapping("/api/policies")
    ObjectNode readPolicies() {
        var book = policies.inForce().book();
        var json =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("version", book.version())
                        .put("since", policies.since().toString());
        policies.faults().forEach(json.putArray("faults")::add);
        var list = json.putArray("policies");
        for (var rule : book.rules()) {
            list.addObject()
                    .put("id", rule.id())
                    .put("file", rule.file())
                    .put("effect", rule.forbids() ? "forbid" : "permit")
                    .put("reason", rule.reason())
                    .put("text", rule.text());
        }
        return json;
    }
}
