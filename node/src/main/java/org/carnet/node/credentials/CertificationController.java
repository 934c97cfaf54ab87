// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.DateTimeStamp;
import org.carnet.credential.EddsaJcs;
import org.carnet.credential.Envelope;
import org.carnet.credential.PlatformCertification;
import org.carnet.credential.VerifiedCredential;
import org.carnet.jose.Json;
import org.carnet.node.points.Certifications;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;

/// Certification of platforms: giving it, having it, and asking what one is worth.
@RestController
final class CertificationController {
    private final Issuance issuance;
    private final CredentialVerifier verifier;
    private final Certifications certifications;
    private final HeldCertifications held;
    private final Trusted trusted;
    private final InstantSource clock;

    CertificationController(
            Issuance issuance,
            CredentialVerifier verifier,
            Certifications certifications,
            HeldCertifications held,
            Trusted trusted,
            InstantSource clock) {
        this.issuance = issuance;
        this.verifier = verifier;
        this.certifications = certifications;
        this.held = held;
        this.trusted = trusted;
        this.clock = clock;
    }

    @Operation(
            tags = "credentials",
            summary = "Certify a platform",
            description =
                    "`platform` is its DID, `level` basic, substantial or high, `scope` a list of"
                            + " words, `validUntil` the end, `validFrom` the beginning (now unless"
                            + " given). POST /credentials/status with the id takes it back.")
    @ApiResponse(
            responseCode = "201",
            description = "The same statement as a credential with a proof, and as a `jwt`.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "507", ref = "StorageFull")
    @PostMapping("/api/certifications")
    ResponseEntity<String> certifyPlatform(
            @Schema(type = "object") @RequestBody byte[] body, HttpServletRequest request) {
        var caller = Issuers.require(request);
        var json = Answers.read(body);
        try {
            var unsigned = certification(json).unsigned(issuance.issuer().did());
            var prepared = issuance.prepare(unsigned, true, caller.id());
            var answer = Json.object().put("id", prepared.path("id").stringValue(""));
            answer.set("credential", issuance.proven(prepared, EddsaJcs.SUITE));
            answer.put("jwt", issuance.jwt(prepared));
            return answer(HttpStatus.CREATED, answer);
        } catch (IllegalArgumentException e) {
            throw Answers.malformed("The platform is not certified: " + e.getMessage() + ".");
        }
    }

    private PlatformCertification certification(ObjectNode json) {
        var scope = new ArrayList<String>();
        for (var word : json.path("scope")) scope.add(word.stringValue(""));
        return new PlatformCertification(
                json.path("platform").stringValue(""),
                PlatformCertification.Level.of(json.path("level").stringValue("")),
                scope,
                json.has("validFrom") ? time(json, "validFrom") : clock.instant(),
                time(json, "validUntil"));
    }

    private static Instant time(ObjectNode json, String name) {
        return DateTimeStamp.parse(json.path(name).stringValue(""));
    }

    @Operation(
            tags = "credentials",
            summary = "Keep a certification of this node",
            description = "`certification` is the `jwt` of the certifier; it has to hold now.")
    @ApiResponse(responseCode = "204", description = "It is shown from now on.")
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PostMapping("/api/certifications/own")
    ResponseEntity<String> keepCertification(
            @Schema(type = "object") @RequestBody byte[] body, HttpServletRequest request) {
        Issuers.require(request);
        var jwt = Answers.read(body).path("certification").stringValue("");
        var now = clock.instant();
        return switch (verifier.verify(Envelope.ofCredential(jwt), now)) {
            case CredentialVerdict.Rejected(var reasons) ->
                    ResponseEntity.badRequest()
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .body(Json.text(Answers.rejected(reasons)));
            case VerifiedCredential verified -> {
                requireOwn(verified);
                held.keep(verified.credential().json().path("id").stringValue(""), jwt, now);
                yield ResponseEntity.noContent().build();
            }
        };
    }

    /// The did:webvh of this node is its platforms' matter; a did:key is this node's key or somebody else's.
    private void requireOwn(VerifiedCredential verified) {
        try {
            var platform = PlatformCertification.of(verified).platform();
            if (platform.startsWith("did:key:") && !platform.equals(issuance.issuer().did()))
                throw Answers.malformed("The certification is of another platform.");
        } catch (IllegalArgumentException e) {
            throw Answers.malformed("This certifies no platform: " + e.getMessage() + ".");
        }
    }

    @Operation(tags = "credentials", summary = "Read the certifications of this node")
    @ApiResponse(
            responseCode = "200",
            description = "`certifications`, each as its certifier signed it, the newest first.",
            content = @Content(schema = @Schema(type = "object")))
    @GetMapping("/certifications")
    ResponseEntity<String> readCertifications() {
        var answer = Json.object();
        var list = answer.putArray("certifications");
        certifications.own().forEach(list::add);
        return answer(HttpStatus.OK, answer);
    }

    @Operation(
            tags = "credentials",
            summary = "Read whom this node believes",
            description =
                    "The certifiers that its operator accepts, and how fresh its copies of status"
                            + " lists are.")
    @ApiResponse(
            responseCode = "200",
            description = "Certifiers, and status lists with the age of their copies.",
            content = @Content(schema = @Schema(ref = "Trusted")))
    @GetMapping("/api/certifications")
    ObjectNode readTrusted() {
        return trusted.json();
    }

    @Operation(
            tags = "credentials",
            summary = "Ask what a certification is worth here",
            description =
                    "`platform` is the DID, `certification` the `jwt`. Accepted are the certifiers"
                            + " of the setting `certifiers.accepted`.")
    @ApiResponse(
            responseCode = "200",
            description = "`certified`, and by whom, at which level and until when, or why not.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @PostMapping("/api/certifications/check")
    ResponseEntity<String> checkCertification(@Schema(type = "object") @RequestBody byte[] body) {
        var json = Answers.read(body);
        var standing =
                certifications.standing(
                        json.path("platform").stringValue(""),
                        json.path("certification").stringValue(""),
                        clock.instant());
        var answer = Json.object();
        switch (standing) {
            case Certifications.Certified(var certifier, var certification) -> {
                answer.put("certified", true).put("certifier", certifier);
                answer.put("level", certification.level().word());
                answer.put("validUntil", DateTimeStamp.of(certification.until()));
                certification.scope().forEach(answer.putArray("scope")::add);
            }
            case Certifications.NotCertified(var reasons) -> {
                answer.put("certified", false);
                var errors = answer.putArray("errors");
                reasons.forEach(reason -> errors.add(Answers.error(reason)));
            }
        }
        return answer(HttpStatus.OK, answer);
    }

    private static ResponseEntity<String> answer(HttpStatus status, ObjectNode json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.text(json));
    }
}
