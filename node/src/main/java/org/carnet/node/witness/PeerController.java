// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.carnet.log.NoteVerifier;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The connected platforms, for the operator.
@RestController
final class PeerController {
    private final Peers peers;
    private final Witnessing witnessing;
    private final Monitoring monitoring;

    PeerController(Peers peers, Witnessing witnessing, Monitoring monitoring) {
        this.peers = peers;
        this.witnessing = witnessing;
        this.monitoring = monitoring;
    }

    @Operation(tags = "witness", summary = "The connected platforms")
    @ApiResponse(
            responseCode = "200",
            description = "Whom this node witnesses and who witnesses it, and how that goes.",
            content = @Content(schema = @Schema(ref = "Peers")))
    @GetMapping("/api/peers")
    ObjectNode listPeers() {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("peers");
        for (var peer : peers.all()) list.add(json(peer));
        var unmet = json.putArray("unmet");
        peers.unmet()
                .forEach(
                        (url, why) ->
                                unmet.addObject().put("url", url.toString()).put("trouble", why));
        return json;
    }

    private ObjectNode json(Peer peer) {
        var state = witnessing.state(peer.origin());
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", WitnessFiles.hash(peer.origin()))
                        .put("origin", peer.origin())
                        .put("url", peer.url().toString())
                        .put("source", peer.source().name().toLowerCase(Locale.ROOT))
                        .put("since", peer.since().toString());
        vkeys(json, "log", peer.log().keys());
        vkeys(json, "witness", peer.witness());
        if (state.size() >= 0) json.put("cosigned", state.size());
        state.at().ifPresent(at -> json.put("cosignedAt", at.toString()));
        state.trouble().ifPresent(why -> json.put("witnessTrouble", why));
        var trouble = monitoring.trouble(peer.origin());
        if (!trouble.isEmpty()) json.put("logTrouble", trouble);
        return json;
    }

    private static void vkeys(ObjectNode json, String name, List<NoteVerifier> keys) {
        var list = json.putArray(name);
        keys.forEach(key -> list.add(key.vkey()));
    }

    @Operation(
            tags = "witness",
            summary = "Connect with a platform",
            description =
                    "Reads its keys and pins them: look at them in the answer. One that is known by"
                            + " other keys is refused.")
    @ApiResponse(
            responseCode = "201",
            description = "Its log is witnessed from now on.",
            content = @Content(schema = @Schema(ref = "Peer")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/api/peers")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode connect(@Schema(ref = "PeerAddress") @RequestBody JsonNode address) {
        var url = PeerUrl.parse(address.path("url").asString(""));
        if (url.isEmpty() || address.size() != 1) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "\"url\" is an https URL, or an http URL on loopback, and there is nothing"
                            + " else");
        }
        try {
            return switch (peers.meet(url.get(), Peer.Source.OPERATOR, Optional.empty())) {
                case Peers.Meeting.Met met -> json(met.peer());
                case Peers.Meeting.Refused refused ->
                        throw new Problem(ProblemType.CONFLICT, refused.why());
            };
        } catch (IOException e) {
            throw new Problem(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    @Operation(
            tags = "witness",
            summary = "Disconnect a platform",
            description =
                    "Its keys are forgotten; one that the settings name comes back with the next"
                            + " start.")
    @ApiResponse(responseCode = "204", description = "It is forgotten.")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @DeleteMapping("/api/peers/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disconnect(
            @Parameter(description = "SHA-256 of its origin, in hexadecimal.") @PathVariable
                    String id) {
        var origin =
                peers.all().stream()
                        .map(Peer::origin)
                        .filter(name -> WitnessFiles.hash(name).equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                ProblemType.NOT_FOUND, "no platform has this id"));
        peers.forget(origin);
    }
}
