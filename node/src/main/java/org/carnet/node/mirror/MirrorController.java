// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.LogVerifier;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The mirror as the logs see it (C2SP tlog-mirror), with `/mirror` for submission and monitoring prefix.
///
/// Everything is open: what comes is believed for the signature of its log, and kept for the logs that are configured.
@RestController
final class MirrorController {
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);
    private static final MediaType SIZE = new MediaType("text", "x.tlog.size");
    private static final MediaType INFO = new MediaType("text", "x.tlog.mirror-info");
    private static final MediaType DETAILS = new MediaType("text", "x.carnet.details");
    private static final int MOST_CHECKPOINT = 128 << 10;

    private final Mirror mirror;
    private final LogVerifier keys;

    /// @param keys by which this mirror cosigns
    MirrorController(Mirror mirror, LogVerifier keys) {
        this.mirror = mirror;
        this.keys = keys;
    }

    @Operation(
            tags = "mirror",
            summary = "Announce a checkpoint, to upload its entries next",
            description = "https://c2sp.org/tlog-mirror, add-checkpoint; nothing is cosigned yet.")
    @ApiResponse(
            responseCode = "200",
            description = "It is pending.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "413", ref = "TooLarge")
    @PostMapping("/mirror/add-checkpoint")
    ResponseEntity<String> announceCheckpoint(@Schema(type = "string") @RequestBody byte[] request)
            throws IOException {
        if (request.length > MOST_CHECKPOINT) {
            throw new Problem(ProblemType.TOO_LARGE, "a checkpoint is shorter than that");
        }
        var parsed = parsed(() -> AddCheckpoint.parse(Bytes.unsafe(request)));
        return answered(log(parsed.origin()).add(parsed));
    }

    @Operation(
            tags = "mirror",
            summary = "Upload entries of the pending checkpoint",
            description = "https://c2sp.org/tlog-mirror, add-entries.")
    @ApiResponse(
            responseCode = "200",
            description = "The cosignatures, one a line: all is kept.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "202",
            description = "Where the mirror stands: more is wanted.",
            content =
                    @Content(
                            mediaType = "text/x.tlog.mirror-info",
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping(path = "/mirror/add-entries", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<String> addEntries(HttpServletRequest request) throws IOException {
        try (var body = body(request)) {
            var parsed = parsed(() -> AddEntries.read(body));
            return answered(log(parsed.origin()).add(parsed));
        }
    }

    @Operation(
            tags = "mirror",
            summary = "Upload the sealed details of records",
            description = "Carnet's own beside tlog-mirror; docs/wire/mirror.md shows the bytes.")
    @ApiResponse(
            responseCode = "200",
            description = "How many records have theirs here.",
            content =
                    @Content(
                            mediaType = "text/x.carnet.details",
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping(path = "/mirror/add-details", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<String> addDetails(
            @Schema(type = "string", format = "binary") @RequestBody byte[] request)
            throws IOException {
        var parsed = parsed(() -> AddDetails.parse(Bytes.unsafe(request)));
        return answered(log(parsed.origin()).add(parsed));
    }

    @Operation(tags = "mirror", summary = "The keys by which this mirror cosigns")
    @ApiResponse(
            responseCode = "200",
            description = "Verifier keys, https://c2sp.org/signed-note, one a line.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN_VALUE,
                            schema = @Schema(type = "string")))
    @GetMapping("/mirror/vkey")
    ResponseEntity<String> readMirrorKeys() {
        return ResponseEntity.ok().contentType(TEXT).body(keys.encode().toUtf8());
    }

    private static InputStream body(HttpServletRequest request) throws IOException {
        if (!"gzip".equals(request.getHeader("Content-Encoding"))) return request.getInputStream();
        try {
            return new GZIPInputStream(request.getInputStream());
        } catch (ZipException notGzip) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "the body is not gzip");
        }
    }

    private interface Parsing<T> {
        T parse() throws IOException;
    }

    private static <T> T parsed(Parsing<T> parsing) throws IOException {
        try {
            return parsing.parse();
        } catch (IllegalArgumentException malformed) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()));
        }
    }

    private MirroredLog log(String origin) {
        return mirror.of(origin)
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemType.NOT_FOUND,
                                        "this node does not mirror such a log"));
    }

    private static ResponseEntity<String> answered(MirroredLog.Answer answer) {
        return switch (answer) {
            case MirroredLog.Answer.Done done ->
                    ResponseEntity.ok()
                            .contentType(TEXT)
                            .body(
                                    done.signatures().stream()
                                            .map(one -> one.line() + "\n")
                                            .collect(Collectors.joining()));
            case MirroredLog.Answer.Details details ->
                    ResponseEntity.status(details.taken() ? HttpStatus.OK : HttpStatus.CONFLICT)
                            .contentType(DETAILS)
                            .body(details.next() + "\n");
            case MirroredLog.Answer.Stands stands ->
                    ResponseEntity.status(
                                    stands.accepted() ? HttpStatus.ACCEPTED : HttpStatus.CONFLICT)
                            .contentType(INFO)
                            .body(stands.pending() + "\n" + stands.next() + "\n\n");
            case MirroredLog.Answer.OtherSize other ->
                    ResponseEntity.status(HttpStatus.CONFLICT)
                            .contentType(SIZE)
                            .body(other.size() + "\n");
            case MirroredLog.Answer.Malformed malformed ->
                    throw new Problem(ProblemType.MALFORMED_REQUEST, malformed.why());
            case MirroredLog.Answer.NotTrusted not ->
                    throw new Problem(ProblemType.FORBIDDEN, not.why());
            case MirroredLog.Answer.Inconsistent inconsistent ->
                    ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                            .contentType(TEXT)
                            .body(inconsistent.why() + "\n");
            case MirroredLog.Answer.Full _ ->
                    throw new Problem(
                            ProblemType.STORAGE_FULL, "This mirror keeps no more of this log.");
        };
    }
}
