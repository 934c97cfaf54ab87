// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.credential.Status;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;

/// The status lists of this node, for everybody: who asks learns the state of all, and this node not of whom he thinks.
@RestController
final class StatusController {
    private static final String LIST = "The list's name.";

    private final OwnLists lists;

    StatusController(OwnLists lists) {
        this.lists = lists;
    }

    @Operation(
            tags = "credentials",
            summary = "Read a Bitstring Status List",
            description = "A credential that tells what of this list is revoked, or suspended.")
    @ApiResponse(
            responseCode = "200",
            description = "The Bitstring Status List Credential.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/status/{list}/{purpose}")
    ResponseEntity<String> readBitstringList(
            @Parameter(description = LIST) @PathVariable String list,
            @Parameter(
                            description = "What it tells.",
                            schema = @Schema(allowableValues = {"revocation", "suspension"}))
                    @PathVariable
                    String purpose,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept) {
        for (var told : new Status[] {Status.REVOKED, Status.SUSPENDED})
            if (told.purpose().equals(purpose))
                return answer(mediaType(accept), lists.bitstring(list, told));
        throw notFound();
    }

    /// What it is called, or plain JSON for whoever knows that only.
    private static String mediaType(String accept) {
        boolean json = accept.contains("json") && !accept.contains("application/vc");
        return json ? "application/json" : "application/vc";
    }

    @Operation(
            tags = "credentials",
            summary = "Read a Token Status List",
            description = "The same list as a signed token, with two bits for each entry.")
    @ApiResponse(
            responseCode = "200",
            description = "The token.",
            content = @Content(schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/status/{list}")
    ResponseEntity<String> readTokenList(@Parameter(description = LIST) @PathVariable String list) {
        return answer("application/statuslist+jwt", lists.token(list));
    }

    private ResponseEntity<String> answer(String type, Optional<String> list) {
        return ResponseEntity.ok()
                .header("content-type", type)
                .cacheControl(CacheControl.maxAge(lists.ttl()).cachePublic())
                .body(list.orElseThrow(StatusController::notFound));
    }

    private static Problem notFound() {
        return new Problem(ProblemType.NOT_FOUND, "There is no such status list.");
    }
}
