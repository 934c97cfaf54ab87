// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.exchange.ContentDigest;
import org.carnet.exchange.DoublyVerified;
import org.carnet.exchange.PlatformRequest;
import org.carnet.jose.Json;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Gate;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.web.Pace;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What other platforms ask of this one about an avatar, proven twice.
@RestController
final class ExchangeController {
    private static final int LONGEST = 64 << 10;

    private final Desk desk;
    private final PlatformIdentity self;
    private final Gate gate;
    private final Pace pace;
    private final InstantSource clock;

    ExchangeController(
            Desk desk, PlatformIdentity self, Gate gate, Pace pace, InstantSource clock) {
        this.desk = desk;
        this.self = self;
        this.gate = gate;
        this.pace = pace;
        this.clock = clock;
    }

    @Operation(
            tags = "platforms",
            summary = "Ask as a platform about one of its avatars",
            description =
                    "The request carries the platform's signature (RFC 9421) with its"
                        + " certification, and the avatar's presentation (RFC 9901) with the proof"
                        + " of its key, both over the digest of this body, one nonce, and this"
                        + " node's DID (docs/wire/double-verification.md). It is good once.")
    @ApiResponse(
            responseCode = "200",
            description = "What was verified, and the `record` of it.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/exchange")
    ResponseEntity<String> exchange(
            @Schema(type = "object") @RequestBody byte[] body, HttpServletRequest request) {
        pace.next();
        if (body.length > LONGEST)
            throw new Problem(ProblemType.TOO_LARGE, "A body has at most " + LONGEST + " bytes.");
        return switch (desk.verify(read(request, Bytes.unsafe(body)))) {
            case Desk.Refused refused -> refused(refused);
            case Desk.Accepted(var proven, var record) -> accepted(proven, record);
        };
    }

    private PlatformRequest read(HttpServletRequest request, Bytes body) {
        String target;
        try {
            target = Desk.address(self.current().did()).toString();
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.NOT_FOUND, "This node has no DID that others could address.");
        }
        return new PlatformRequest(request.getMethod(), target, fields(request), body);
    }

    /// A field that is there twice has no one value that could have been signed.
    private static Map<String, String> fields(HttpServletRequest request) {
        var fields = new HashMap<String, String>();
        for (var name : Collections.list(request.getHeaderNames())) {
            var values = Collections.list(request.getHeaders(name));
            if (values.size() == 1) fields.put(name.toLowerCase(Locale.ROOT), values.getFirst());
        }
        return fields;
    }

    private static ResponseEntity<String> refused(Desk.Refused refused) {
        var type = ProblemType.EXCHANGE_REFUSED;
        var why = refused.why();
        var json = Json.object().put("type", type.path()).put("title", type.title());
        json.put("status", type.status()).put("detail", why.why());
        json.put("verified", false).put("flaw", why.flaw().code());
        refused.record().ifPresent(record -> json.put("record", record));
        return ResponseEntity.status(type.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Json.text(json));
    }

    /// Both are who they say; whether they may is for the policies to say.
    private ResponseEntity<String> accepted(DoublyVerified proven, OptionalLong record) {
        var platform =
                new Caller(
                        Caller.Kind.PLATFORM,
                        proven.platform(),
                        Set.of(),
                        Set.of("pop"),
                        clock.instant());
        var avatar = proven.avatar().value();
        gate.require(platform, "exchange", new Resource("Avatar", avatar, Optional.empty()));
        ObjectNode json = Json.object().put("verified", true).put("platform", proven.platform());
        json.put("certifier", proven.certifier()).put("avatar", avatar);
        json.set("shown", Shown.of(proven.credential()));
        json.put("bodyDigest", ContentDigest.of(proven.body()).transaction());
        record.ifPresent(index -> json.put("record", index));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.text(json));
    }
}
