// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.envelope.CborSequence;
import org.carnet.envelope.Refused;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// R1 over HTTP POST: one update, or a batch whose updates are answered one by one.
@RestController
final class UpdateController {
    private static final int MOST_IN_BATCH = 1000;

    private final UpdateReceiver receiver;
    private final Senders senders;
    private final Waits waits;

    UpdateController(UpdateReceiver receiver, Senders senders, Waits waits) {
        this.receiver = receiver;
        this.senders = senders;
        this.waits = waits;
    }

    @Operation(
            tags = "updates",
            summary = "Send one signed update, or several",
            description =
                    "No token: an update proves itself. A gateway that sends for its things proves"
                        + " itself with `Authorization: DID <proof>`. One update is answered by its"
                        + " acknowledgement or by the problem; several are answered one by one, in"
                        + " order, with status 200. With `Prefer: ack=included` or `ack=witnessed`,"
                        + " and `wait=SECONDS` (10, at most 30), the answer to one update waits so"
                        + " long for more than durable, and says what it has become.")
    @ApiResponse(
            responseCode = "200",
            description = "Durable: the record is on disk.",
            content = @Content(schema = @Schema(ref = "Answer")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "413", ref = "TooLarge")
    @ApiResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @ApiResponse(responseCode = "503", ref = "Unavailable")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping(
            path = "/updates",
            consumes = {"application/jose", "application/cose"})
    ObjectNode sendUpdates(
            @Schema(ref = "Update") @RequestBody byte[] update,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            HttpServletRequest request) {
        return switch (receive(Bytes.unsafe(update), sender(authorization, request)).join()) {
            case Answer.Acknowledged acknowledged ->
                    acknowledgement(acknowledged)
                            .put("ack", waits.as(prefer, acknowledged.record()));
            case Answer.Declined declined -> throw problem(declined.refused());
        };
    }

    /// A JSON array of compact JWS.
    @PostMapping(path = "/updates", consumes = "application/json")
    ArrayNode batch(
            @Schema(ref = "UpdateArray") @RequestBody JsonNode updates,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            HttpServletRequest request) {
        var batch = new ArrayList<Bytes>();
        if (!updates.isArray())
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "a batch is a JSON array of compact JWS");
        for (var update : updates) {
            if (!update.isString())
                throw new Problem(
                        ProblemType.MALFORMED_REQUEST, "a batch is a JSON array of compact JWS");
            batch.add(Bytes.utf8(update.asString()));
        }
        return answers(batch, sender(authorization, request));
    }

    /// A CBOR sequence (RFC 8742) of COSE_Sign1.
    @PostMapping(path = "/updates", consumes = "application/cbor-seq")
    ArrayNode sequence(
            @Schema(ref = "UpdateSequence") @RequestBody byte[] updates,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            HttpServletRequest request) {
        try {
            return answers(
                    CborSequence.split(Bytes.unsafe(updates), MOST_IN_BATCH),
                    sender(authorization, request));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private ArrayNode answers(List<Bytes> batch, Sender sender) {
        if (batch.size() > MOST_IN_BATCH) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "a batch holds at most " + MOST_IN_BATCH + " updates");
        }
        var pending = batch.stream().map(update -> receive(update, sender)).toList();
        var answers = JsonNodeFactory.instance.arrayNode();
        for (var answer : pending) {
            answers.add(
                    switch (answer.join()) {
                        case Answer.Acknowledged acknowledged -> acknowledgement(acknowledged);
                        case Answer.Declined declined ->
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("refused", declined.refused().reason().slug())
                                        .put("detail", declined.refused().detail());
                    });
        }
        return answers;
    }

    private CompletableFuture<Answer> receive(Bytes update, Sender sender) {
        var answer = new CompletableFuture<Answer>();
        receiver.receive(update, sender, answer::complete);
        return answer;
    }

    private Sender sender(@Nullable String authorization, HttpServletRequest request) {
        return senders.fromHeader(authorization)
                .map(sender -> sender.at("http", request.getRemoteAddr()))
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.UNAUTHORIZED,
                                        "the gateway's proof does not hold"));
    }

    private static Problem problem(Refused refused) {
        return new Problem(ProblemType.of(refused.reason()), refused.detail());
    }

    private static ObjectNode acknowledgement(Answer.Acknowledged acknowledged) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ack", "durable")
                .put("record", acknowledged.record());
    }
}
