// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.SameOrigin;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How people sign in and out. All of it is for pages of this node; other sites' pages are refused.
@RestController
@SecurityRequirements
final class SignInController {
    private final SignIn signIn;
    private final PasskeyOptions options;
    private final Attempts attempts;
    private final Sessions sessions;
    private final Site site;
    private final Presence presence;
    private final LocalMeans local;

    SignInController(
            SignIn signIn,
            PasskeyOptions options,
            Attempts attempts,
            Sessions sessions,
            Site site,
            Presence presence,
            LocalMeans local) {
        this.signIn = signIn;
        this.options = options;
        this.attempts = attempts;
        this.sessions = sessions;
        this.site = site;
        this.presence = presence;
        this.local = local;
    }

    @Operation(
            tags = "people",
            summary = "Who is signed in with this browser",
            description = "And what a page must send as `X-Carnet-Csrf` with what changes things.")
    @ApiResponse(
            responseCode = "200",
            description = "The person, or only how one can sign in here.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @GetMapping("/sign-in/session")
    ObjectNode readSession(HttpServletRequest request) {
        return presence.of(request);
    }

    @Operation(tags = "people", summary = "Sign this browser out")
    @ApiResponse(responseCode = "204", description = "Nobody is signed in with it any more.")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @DeleteMapping("/sign-in/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        SameOrigin.require(request);
        sessions.end(request, response);
    }

    @Operation(tags = "people", summary = "Begin to sign in with a passkey")
    @ApiResponse(
            responseCode = "200",
            description = "PublicKeyCredentialRequestOptionsJSON, WebAuthn section 5.5.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @PostMapping("/sign-in/passkey/options")
    ObjectNode beginPasskey(HttpServletRequest request) {
        SameOrigin.refuseOthers(request);
        local.require();
        return options.toUse(site.of(request));
    }

    @Operation(tags = "people", summary = "Sign in with a passkey")
    @ApiResponse(
            responseCode = "200",
            description = "The person is signed in with this browser.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/passkey")
    ObjectNode signInWithPasskey(
            @Schema(ref = "PasskeyAnswer") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response) {
        SameOrigin.refuseOthers(request);
        local.require();
        var credential = Body.of(json, "credential").object("credential");
        return answered(
                signIn.withPasskey(request, site.of(request), credential),
                "This passkey does not sign anybody in here.",
                request,
                response);
    }

    @Operation(
            tags = "people",
            summary = "Sign in with a password and a one-time code",
            description =
                    "The answer is the same whichever of the three is wrong, and each code works"
                            + " once.")
    @ApiResponse(
            responseCode = "200",
            description = "The person is signed in with this browser.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/password")
    ObjectNode signInWithPassword(
            @Schema(ref = "PasswordAnswer") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response) {
        SameOrigin.refuseOthers(request);
        local.require();
        var body = Body.of(json, "name", "password", "code");
        return answered(
                signIn.withPassword(
                        request, body.text("name"), body.text("password"), body.text("code")),
                "Name, password and code do not belong together.",
                request,
                response);
    }

    @Operation(
            tags = "people",
            summary = "Sign in with a recovery code",
            description = "The code is used up.")
    @ApiResponse(
            responseCode = "200",
            description = "The person is signed in with this browser.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/recovery-code")
    ObjectNode signInWithRecoveryCode(
            @Schema(ref = "RecoveryAnswer") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response) {
        SameOrigin.refuseOthers(request);
        local.require();
        var body = Body.of(json, "name", "code");
        return answered(
                signIn.withRecoveryCode(request, body.text("name"), body.text("code")),
                "Name and code do not belong together, or the code was used before.",
                request,
                response);
    }

    @Operation(
            tags = "people",
            summary = "Sign in with a link",
            description = "The link is used up.")
    @ApiResponse(
            responseCode = "200",
            description = "The person is signed in with this browser.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "403", ref = "Forbidden")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/link")
    ObjectNode signInWithLink(
            @Schema(ref = "LinkAnswer") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response) {
        SameOrigin.refuseOthers(request);
        var link = new Secret(Body.of(json, "link").text("link"));
        return answered(
                signIn.withLink(request, link),
                "This link was used before, or is too old.",
                request,
                response);
    }

    private ObjectNode answered(
            SignIn.Answer answer,
            String refusal,
            HttpServletRequest request,
            HttpServletResponse response) {
        return switch (answer) {
            case SignIn.Answer.Proven proven -> {
                var proof =
                        sessions.begin(request, response, proven.account(), proven.factors())
                                .orElseThrow(() -> refused(refusal));
                attempts.succeeded(request, response, proven.account());
                yield presence.begun(proven.account(), proven.factors(), proof);
            }
            case SignIn.Answer.Refused _ -> throw refused(refusal);
            case SignIn.Answer.Wait wait -> {
                long seconds = wait.time().plusMillis(999).toSeconds();
                response.setHeader("Retry-After", Long.toString(seconds));
                throw new Problem(
                        ProblemType.of(org.carnet.envelope.Reason.RATE_LIMITED),
                        "Too many attempts: try again in "
                                + seconds
                                + " seconds, or use a passkey.");
            }
        };
    }

    private static Problem refused(String why) {
        return new Problem(ProblemType.UNAUTHORIZED, why);
    }
}
