// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.credential.KeyBinding;
import org.carnet.jose.Json;
import org.carnet.node.access.Caller;
import org.carnet.node.points.Exchanges;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Shows avatars to other platforms: for their owners, or for this platform while they let it.
@RestController
final class PresentationController {
    private static final int DIGEST = 32;
    private static final int LONGEST_NONCE = 128;
    private static final String ID = "The identity's id.";

    private final Identities identities;
    private final IdentityStore store;
    private final Exchanges exchanges;
    private final InstantSource clock;

    PresentationController(
            Identities identities, IdentityStore store, Exchanges exchanges, InstantSource clock) {
        this.identities = identities;
        this.store = store;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    @Operation(
            tags = "identities",
            summary = "Present an avatar",
            description =
                    "Proves to `audience`, which has to be the identity's platform, on the occasion"
                        + " of `nonce` and about a body whose SHA-256 is `bodyDigest` (base64url),"
                        + " who the avatar is there, and shows the claims in `shows`. It is on the"
                        + " record. Who is not the owner needs the owner's standing permission.")
    @ApiResponse(
            responseCode = "200",
            description = "`presentation`, an SD-JWT with its key binding, and its `record`.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/identities/{id}/presentations")
    ObjectNode presentAvatar(
            @Parameter(description = ID) @PathVariable String id,
            @Schema(type = "object") @RequestBody JsonNode body,
            HttpServletRequest request) {
        IdentityJson.requireOnly(body, Set.of("audience", "nonce", "bodyDigest", "shows"));
        var caller = Caller.of(request);
        var identity = permitted(id, caller);
        var occasion = occasion(body);
        if (!occasion.audience().equals(identity.platform()))
            throw new Problem(ProblemType.CONFLICT, "This identity is for another platform alone.");
        var shown = present(identity, IdentityJson.shows(body), occasion, caller);
        return Json.object()
                .put("presentation", shown.presentation().text())
                .put("record", shown.record());
    }

    /// The identity, if its owner asks, or whoever else the policies let, as long as the owner lets them.
    private Identity permitted(String id, Caller caller) {
        var identity =
                store.find(id)
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                ProblemType.NOT_FOUND, "No identity has this id."));
        if (caller.id().equals(identity.owner())) return identity;
        if (identity.terms().isStanding(clock.instant())) return identity;
        throw new Problem(
                ProblemType.FORBIDDEN, "The owner does not let others present this avatar.");
    }

    private Identities.Shown present(
            Identity identity, Collection<String> claims, KeyBinding occasion, Caller caller) {
        try {
            return identities.present(identity, claims, occasion, caller.id());
        } catch (IllegalArgumentException e) {
            throw IdentityJson.malformed("Nothing is presented: " + e.getMessage() + ".");
        }
    }

    private KeyBinding occasion(JsonNode body) {
        var nonce = IdentityJson.text(body, "nonce");
        if (nonce.length() > LONGEST_NONCE)
            throw IdentityJson.malformed("\"nonce\" is a text of 1 to 128 characters.");
        return new KeyBinding(
                IdentityJson.text(body, "audience"), nonce, clock.instant(), List.of(digest(body)));
    }

    private static String digest(JsonNode body) {
        var text = IdentityJson.text(body, "bodyDigest");
        try {
            if (Bytes.base64Url(text).length() == DIGEST) return text;
        } catch (IllegalArgumentException e) {
            // said below, as for another length
        }
        throw IdentityJson.malformed("\"bodyDigest\" is a SHA-256 in base64url.");
    }

    @Operation(
            tags = "identities",
            summary = "Ask the identity's platform about its avatar",
            description =
                    "Sends `body`, any JSON, to the identity's platform, proven twice: by this"
                        + " platform and by the avatar, which shows the claims in `shows`. Who is"
                        + " not the owner needs the owner's standing permission.")
    @ApiResponse(
            responseCode = "200",
            description = "What the other platform answered: its `status` and its `answer`.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "503", ref = "Unavailable")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/identities/{id}/exchanges")
    ObjectNode askAboutAvatar(
            @Parameter(description = ID) @PathVariable String id,
            @Schema(type = "object") @RequestBody JsonNode body,
            HttpServletRequest request) {
        IdentityJson.requireOnly(body, Set.of("body", "shows"));
        if (!body.has("body")) throw IdentityJson.malformed("\"body\" is missing.");
        var caller = Caller.of(request);
        var identity = permitted(id, caller);
        var claims = IdentityJson.shows(body);
        var sent = Bytes.utf8(Json.text(body.path("body")));
        var answer =
                exchanges.ask(
                        identity.platform(),
                        sent,
                        occasion -> present(identity, claims, occasion, caller).presentation());
        return switch (answer) {
            case Exchanges.Unanswered(var why) ->
                    throw new Problem(ProblemType.UNAVAILABLE, "Nothing came of it: " + why + ".");
            case Exchanges.Answered(int status, var text) -> answered(status, text);
        };
    }

    /// What somebody else answered is theirs; JSON is passed on as such, everything else as text.
    private static ObjectNode answered(int status, Bytes text) {
        var json = Json.object().put("status", status);
        try {
            json.set("answer", Json.tree(text));
        } catch (IllegalArgumentException e) {
            json.put("answer", text.toUtf8());
        }
        return json;
    }
}
