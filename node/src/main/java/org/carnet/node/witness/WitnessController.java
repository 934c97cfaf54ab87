// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.envelope.Reason;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/// The witness as other platforms and monitors see it (C2SP tlog-witness), and what it has found out.
///
/// Submission and monitoring prefix are `/witness`. Everything here is open: requests are believed for their signatures.
@RestController
final class WitnessController {
    private static final int MOST_BYTES = 128 << 10;
    private static final int MOST_LISTED = 500;
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType SIZE = new MediaType("text", "x.tlog.size");
    private static final String SCHEME = "DID ";

    private final Witness witness;
    private final Incidents incidents;
    private final Announcements announcements;
    private final LogVerifier keys;
    private final Pace submissions;
    private final Pace calls;

    /// @param keys by which this witness cosigns
    /// @param submissions how often one address may submit; @param calls how often it may announce
    WitnessController(
            Witness witness,
            Incidents incidents,
            Announcements announcements,
            LogVerifier keys,
            Pace submissions,
            Pace calls) {
        this.witness = witness;
        this.incidents = incidents;
        this.announcements = announcements;
        this.keys = keys;
        this.submissions = submissions;
        this.calls = calls;
    }

    @Operation(
            tags = "witness",
            summary = "Have a checkpoint cosigned",
            description =
                    "https://c2sp.org/tlog-witness, add-checkpoint. No token: the checkpoint is"
                            + " signed by its log, which this node knows.")
    @ApiResponse(
            responseCode = "200",
            description = "The cosignatures, one a line.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(
            responseCode = "409",
            description =
                    "The old size is not that of the checkpoint cosigned last, which is this.",
            content = @Content(mediaType = "text/x.tlog.size", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "413", ref = "TooLarge")
    @ApiResponse(responseCode = "422", ref = "Inconsistent")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/witness/add-checkpoint")
    ResponseEntity<String> addCheckpoint(
            @Schema(type = "string") @RequestBody byte[] request, HttpServletRequest caller)
            throws IOException {
        requirePace(submissions, caller);
        if (request.length > MOST_BYTES) {
            throw new Problem(
                    ProblemType.TOO_LARGE, "a checkpoint has at most " + MOST_BYTES + " bytes");
        }
        return switch (witness.add(parsed(request))) {
            case Witness.Answer.Cosigned cosigned ->
                    ResponseEntity.ok()
                            .contentType(TEXT)
                            .body(
                                    cosigned.signatures().stream()
                                            .map(SignedNote.Signature::line)
                                            .collect(Collectors.joining("\n", "", "\n")));
            case Witness.Answer.OtherSize other ->
                    ResponseEntity.status(HttpStatus.CONFLICT)
                            .contentType(SIZE)
                            .body(other.size() + "\n");
            case Witness.Answer.Malformed malformed ->
                    throw new Problem(ProblemType.MALFORMED_REQUEST, malformed.why());
            case Witness.Answer.NotTrusted not ->
                    throw new Problem(ProblemType.FORBIDDEN, not.why());
            case Witness.Answer.UnknownLog _ ->
                    throw new Problem(
                            ProblemType.NOT_FOUND, "this node does not witness such a log");
            case Witness.Answer.Inconsistent inconsistent ->
                    throw new Problem(ProblemType.INCONSISTENT, inconsistent.why());
        };
    }

    private static AddCheckpoint parsed(byte[] request) {
        try {
            return AddCheckpoint.parse(Bytes.unsafe(request));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()));
        }
    }

    @Operation(tags = "witness", summary = "The checkpoint of a log that this node cosigned last")
    @ApiResponse(
            responseCode = "200",
            description = "A checkpoint with the cosignatures of this node.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/witness/{originHash}/checkpoint")
    ResponseEntity<String> readCosignedCheckpoint(
            @Parameter(description = "SHA-256 of the log's origin, in hexadecimal.") @PathVariable
                    String originHash)
            throws IOException {
        return witness.latestByHash(originHash)
                .map(note -> text(note.encode()))
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.NOT_FOUND,
                                        "this node has cosigned no such log"));
    }

    @Operation(tags = "witness", summary = "The keys by which this node cosigns")
    @ApiResponse(
            responseCode = "200",
            description = "Verifier keys, https://c2sp.org/signed-note, one a line.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @GetMapping("/witness.vkey")
    ResponseEntity<String> readWitnessKeys() {
        return text(keys.encode());
    }

    @Operation(
            tags = "witness",
            summary = "Announce a platform to this one",
            description =
                    "`Authorization: DID <proof>` with a gateway's proof made out to this node's"
                            + " origin, whose jti is the SHA-256 of the body, in hexadecimal. The"
                            + " address must be the one that the request comes from.")
    @ApiResponse(
            responseCode = "200",
            description = "This node witnesses its log from now on.",
            content = @Content(schema = @Schema(ref = "Welcome")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping(path = "/witness/announcements", consumes = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode announce(
            @Schema(ref = "Announcement") @RequestBody byte[] announcement,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String authorization,
            HttpServletRequest caller) {
        requirePace(calls, caller);
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw new Problem(ProblemType.UNAUTHORIZED, "an announcement carries a proof");
        }
        var proof = authorization.substring(SCHEME.length());
        return switch (announcements.hear(Bytes.unsafe(announcement), proof, address(caller))) {
            case Announcements.Answer.Welcome welcome ->
                    JsonNodeFactory.instance.objectNode().put("origin", welcome.peer().origin());
            case Announcements.Answer.Unproven unproven ->
                    throw new Problem(ProblemType.UNAUTHORIZED, unproven.why());
            case Announcements.Answer.Declined declined ->
                    throw new Problem(ProblemType.FORBIDDEN, declined.why());
        };
    }

    @Operation(tags = "witness", summary = "What other logs did that no log may do, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "Incidents, each with its evidence.",
            content = @Content(array = @ArraySchema(schema = @Schema(ref = "Incident"))))
    @GetMapping("/witness/evidence")
    ArrayNode listEvidence() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var incident : incidents.all(MOST_LISTED)) {
            var json =
                    list.addObject()
                            .put("id", incident.id())
                            .put("log", incident.origin())
                            .put("kind", incident.kind().name().toLowerCase(Locale.ROOT))
                            .put("reportedAt", incident.reportedAt().toString())
                            .put("proven", incident.proven())
                            .put("summary", incident.summary())
                            .put("record", incident.record())
                            .put("evidence", "/witness/evidence/" + incident.id());
            incident.overAt().ifPresent(at -> json.put("overAt", at.toString()));
        }
        return list;
    }

    @Operation(tags = "witness", summary = "The evidence of one incident, to be checked offline")
    @ApiResponse(
            responseCode = "200",
            description = "Evidence as docs/wire/evidence.md describes it.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/witness/evidence/{id}")
    ResponseEntity<String> readEvidence(
            @Parameter(description = "Of the incident.") @PathVariable String id)
            throws IOException {
        return incidents
                .evidence(id)
                .map(WitnessController::text)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "there is no such evidence"));
    }

    private static ResponseEntity<String> text(Bytes content) {
        return ResponseEntity.ok().contentType(TEXT).body(content.toUtf8());
    }

    private static void requirePace(Pace pace, HttpServletRequest caller) {
        if (!pace.permits(address(caller))) {
            throw new Problem(
                    ProblemType.of(Reason.RATE_LIMITED),
                    "this address asks more often than it may");
        }
    }

    private static InetAddress address(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr());
    }
}
