// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The mapping of identities (Y.4462) over HTTP: for owners, for this platform where owners let it, and for auditors.
///
/// What is somebody else's is answered like what is not there, by the gate, before a handler is called.
@RestController
final class IdentityController {
    private static final int MOST_LISTED = 1000;
    private static final String ID = "The identity's id.";

    private final Identities identities;
    private final IdentityStore store;
    private final Wishes wishes;
    private final Gate gate;

    IdentityController(Identities identities, IdentityStore store, Wishes wishes, Gate gate) {
        this.identities = identities;
        this.store = store;
        this.wishes = wishes;
        this.gate = gate;
    }

    @Operation(
            tags = "identities",
            summary = "Give an avatar an identity at another platform",
            description =
                    "`platform` is its DID, `avatar` the name of the avatar here, or nothing for"
                        + " the owner in person; `thing`, if the avatar has several; `alias`, if"
                        + " that platform knows the thing by the alias of a mapping; `shows`, the"
                        + " claims that may be shown there: represents, thing, owner, avatar;"
                        + " `standing`, until when this platform may show them by itself. An avatar"
                        + " may have several identities at one platform.")
    @ApiResponse(
            responseCode = "201",
            description = "The identity; its key stays here.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/identities")
    ResponseEntity<ObjectNode> createIdentity(
            @Schema(type = "object") @RequestBody JsonNode body, HttpServletRequest request) {
        var caller = Caller.of(request);
        var identity = identities.create(wishes.of(body, caller), caller.id());
        return ResponseEntity.created(URI.create("/api/identities/" + identity.id()))
                .body(json(identity));
    }

    private ObjectNode json(Identity identity) {
        return IdentityJson.of(identity, store.showings(identity.id()));
    }

    @Operation(
            tags = "identities",
            summary = "List identities of avatars",
            description = "Those that the caller may read, the newest first.")
    @ApiResponse(
            responseCode = "200",
            description = "Identities, with what each has shown to its platform.",
            content = @Content(array = @ArraySchema(schema = @Schema(type = "object"))))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @GetMapping("/api/identities")
    List<ObjectNode> listIdentities(
            @Parameter(description = "Only those of this owner.") @RequestParam
                    @Nullable String owner,
            @Parameter(description = "Only those of this avatar.") @RequestParam
                    @Nullable String avatar,
            @Parameter(description = "Only those of this thing.") @RequestParam
                    @Nullable String thing,
            @Parameter(description = "Only those at this platform.") @RequestParam
                    @Nullable String platform,
            @Parameter(description = "Only the one that is known by this there.") @RequestParam
                    @Nullable String did,
            @Parameter(
                            description = "How many to list.",
                            schema = @Schema(minimum = "1", maximum = "" + MOST_LISTED))
                    @RequestParam(defaultValue = "100")
                    int limit,
            HttpServletRequest request) {
        if (limit < 1 || limit > MOST_LISTED)
            throw IdentityJson.malformed("\"limit\" is a number from 1 to " + MOST_LISTED + ".");
        var caller = Caller.of(request);
        var any = new Resource("Identity", "any", Optional.empty());
        boolean all = gate.may(caller, "readIdentity", any, Circumstances.REMOTE);
        if (!all && owner != null && !owner.equals(caller.id())) return List.of();
        var wanted =
                new IdentityStore.Wanted(
                        all ? Optional.ofNullable(owner) : Optional.of(caller.id()),
                        Optional.ofNullable(avatar),
                        Optional.ofNullable(thing),
                        Optional.ofNullable(platform),
                        Optional.ofNullable(did));
        return store.list(wanted, limit).stream()
                .filter(identity -> all || mayRead(caller, identity))
                .map(this::json)
                .toList();
    }

    private boolean mayRead(Caller caller, Identity identity) {
        var resource = new Resource("Identity", identity.id(), Optional.of(identity.owner()));
        return gate.may(caller, "readIdentity", resource, Circumstances.REMOTE);
    }

    @Operation(tags = "identities", summary = "Read an identity, and what it has shown to whom")
    @ApiResponse(
            responseCode = "200",
            description = "The identity.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping("/api/identities/{id}")
    ObjectNode readIdentity(@Parameter(description = ID) @PathVariable String id) {
        return json(known(id));
    }

    private Identity known(String id) {
        return store.find(id)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "No identity has this id."));
    }

    @Operation(
            tags = "identities",
            summary = "Change what an identity may show",
            description =
                    "`shows` and `standing` as when it was made; what is left out is allowed no"
                            + " more.")
    @ApiResponse(
            responseCode = "200",
            description = "The identity as it is now.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PutMapping("/api/identities/{id}")
    ObjectNode changeIdentity(
            @Parameter(description = ID) @PathVariable String id,
            @Schema(type = "object") @RequestBody JsonNode body,
            HttpServletRequest request) {
        IdentityJson.requireOnly(body, Set.of("shows", "standing"));
        var terms = IdentityJson.terms(body);
        return json(identities.change(known(id), terms, Caller.of(request).id()));
    }

    @Operation(
            tags = "identities",
            summary = "End an identity",
            description =
                    "Its key is destroyed and its credential revoked: it holds nowhere any more"
                            + " once `credentials.status-ttl` has passed.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @DeleteMapping("/api/identities/{id}")
    ResponseEntity<Void> deleteIdentity(
            @Parameter(description = ID) @PathVariable String id, HttpServletRequest request) {
        identities.end(known(id), Caller.of(request).id());
        return ResponseEntity.noContent().build();
    }
}
