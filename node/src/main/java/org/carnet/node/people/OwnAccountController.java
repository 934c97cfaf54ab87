// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.node.access.Oneself;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.UUID;

/// What a person sees and decides of their own account. Whatever could let somebody else in needs a fresh sign-in.
@RestController
final class OwnAccountController {
    private final Oneself oneself;
    private final Means means;
    private final PasskeyOptions options;
    private final SecondFactor codes;
    private final Site site;
    private final OwnAccount account;
    private final LocalMeans local;

    OwnAccountController(
            Oneself oneself,
            Means means,
            PasskeyOptions options,
            SecondFactor codes,
            Site site,
            OwnAccount account,
            LocalMeans local) {
        this.oneself = oneself;
        this.means = means;
        this.options = options;
        this.codes = codes;
        this.site = site;
        this.account = account;
        this.local = local;
    }

    @Operation(
            tags = "people",
            summary = "Read one's own account",
            description = "How one can sign in, and in which browsers one is signed in.")
    @ApiResponse(
            responseCode = "200",
            description = "The account.",
            content = @Content(schema = @Schema(ref = "OwnAccount")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @GetMapping("/api/account")
    ObjectNode readOwnAccount(HttpServletRequest request) {
        return account.json(oneself.may("readAccount", request), request);
    }

    @Operation(tags = "people", summary = "Begin to make a passkey")
    @ApiResponse(
            responseCode = "200",
            description = "PublicKeyCredentialCreationOptionsJSON, WebAuthn section 5.4.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PostMapping("/api/account/passkeys/options")
    ObjectNode beginPasskeyOfOwn(HttpServletRequest request) {
        local.require();
        return options.toMake(oneself.mayChange(request), site.of(request));
    }

    @Operation(tags = "people", summary = "Add a passkey")
    @ApiResponse(
            responseCode = "200",
            description = "The account.",
            content = @Content(schema = @Schema(ref = "OwnAccount")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PostMapping("/api/account/passkeys")
    ObjectNode addPasskey(
            @Schema(ref = "NewPasskey") @RequestBody JsonNode json, HttpServletRequest request) {
        local.require();
        var name = oneself.mayChange(request);
        var body = Body.of(json, "label", "credential");
        means.passkey(
                        name,
                        body.label("label", "Passkey"),
                        site.of(request),
                        body.object("credential"))
                .orElseThrow(() -> Body.malformed("The proof does not hold: begin again."))
                .keep(name);
        return account.json(name, request);
    }

    @Operation(tags = "people", summary = "Remove a passkey")
    @ApiResponse(responseCode = "204", description = "It signs nobody in any more.")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @DeleteMapping("/api/account/passkeys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePasskey(
            @Parameter(description = "The passkey's id.") @PathVariable String id,
            HttpServletRequest request) {
        var name = oneself.mayChange(request);
        try {
            if (means.removePasskey(name, Bytes.base64Url(id))) return;
        } catch (IllegalArgumentException e) {
            throw Body.malformed("\"id\" is base64url.");
        }
        throw needed();
    }

    @Operation(tags = "people", summary = "Begin to set a password with one-time codes")
    @ApiResponse(
            responseCode = "200",
            description = "A secret for one-time codes.",
            content = @Content(schema = @Schema(ref = "CodeOffer")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PostMapping("/api/account/password/options")
    ObjectNode beginPassword(HttpServletRequest request) {
        local.require();
        return codes.offer(oneself.mayChange(request));
    }

    @Operation(tags = "people", summary = "Set a password with one-time codes")
    @ApiResponse(
            responseCode = "200",
            description = "The account.",
            content = @Content(schema = @Schema(ref = "OwnAccount")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PutMapping("/api/account/password")
    ObjectNode setPassword(
            @Schema(ref = "NewPassword") @RequestBody JsonNode json, HttpServletRequest request) {
        local.require();
        var name = oneself.mayChange(request);
        var body = Body.of(json, "password", "sealed", "code");
        means.password(name, body.text("password"), body.text("sealed"), body.text("code"))
                .orElseThrow(() -> Body.malformed("The code is not one of these: begin again."))
                .keep(name);
        return account.json(name, request);
    }

    @Operation(tags = "people", summary = "Remove the password and its one-time codes")
    @ApiResponse(responseCode = "204", description = "It signs nobody in any more.")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @DeleteMapping("/api/account/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePassword(HttpServletRequest request) {
        if (!means.removePassword(oneself.mayChange(request))) throw needed();
    }

    @Operation(
            tags = "people",
            summary = "Make new recovery codes",
            description = "They are shown only now; earlier ones hold no more.")
    @ApiResponse(
            responseCode = "200",
            description = "The codes.",
            content = @Content(schema = @Schema(ref = "RecoveryCodes")))
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @PostMapping("/api/account/recovery-codes")
    ObjectNode makeRecoveryCodes(HttpServletRequest request) {
        local.require();
        var name = oneself.mayChange(request);
        var json = JsonMapper.shared().createObjectNode();
        means.newRecoveryCodes(name, name).forEach(json.putArray("recoveryCodes")::add);
        return json;
    }

    @Operation(
            tags = "people",
            summary = "Unlink an account on another platform",
            description = "Whoever has it does not sign in here as this account any more.")
    @ApiResponse(responseCode = "204", description = "It signs nobody in any more.")
    @ApiResponse(responseCode = "401", ref = "StepUpRequired")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @DeleteMapping("/api/account/identities/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlinkIdentity(
            @Parameter(description = "The link's id.") @PathVariable String id,
            HttpServletRequest request) {
        var name = oneself.mayChange(request);
        try {
            if (means.unlinkIdentity(name, UUID.fromString(id))) return;
        } catch (IllegalArgumentException e) {
            throw Body.malformed("\"id\" is a UUID.");
        }
        throw needed();
    }

    @Operation(tags = "people", summary = "Sign one browser out")
    @ApiResponse(responseCode = "204", description = "Nobody is signed in with it any more.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @DeleteMapping("/api/account/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(
            @Parameter(description = "The session's id.") @PathVariable String id,
            HttpServletRequest request) {
        if (!account.endSession(oneself.may("endSessions", request), id)) {
            throw new Problem(ProblemType.NOT_FOUND, "None of your sessions has this id.");
        }
    }

    @Operation(tags = "people", summary = "Sign out everywhere", description = "Here as well.")
    @ApiResponse(responseCode = "204", description = "Signed out in every browser.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @DeleteMapping("/api/account/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAllSessions(HttpServletRequest request) {
        account.endAllSessions(oneself.may("endSessions", request));
    }

    private static Problem needed() {
        return new Problem(
                ProblemType.CONFLICT,
                "It is not there, or it is the only way left in which you can sign in.");
    }
}
