// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.Account;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.Role;
import org.carnet.node.access.SameOrigin;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Enrols the first administrator with the token of the first start, which is void from then on.
@RestController
final class EnrolmentController {
    private static final String BOOTSTRAP = "bootstrap";

    private final BootstrapToken token;
    private final AccountBook accounts;
    private final Means means;
    private final PasskeyOptions options;
    private final SecondFactor codes;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Site site;
    private final Presence presence;

    EnrolmentController(
            BootstrapToken token,
            AccountBook accounts,
            Means means,
            PasskeyOptions options,
            SecondFactor codes,
            Sessions sessions,
            Attempts attempts,
            Site site,
            Presence presence) {
        this.token = token;
        this.accounts = accounts;
        this.means = means;
        this.options = options;
        this.codes = codes;
        this.sessions = sessions;
        this.attempts = attempts;
        this.site = site;
        this.presence = presence;
    }

    @Operation(tags = "people", summary = "Begin to make the first administrator's passkey")
    @ApiResponse(
            responseCode = "200",
            description = "PublicKeyCredentialCreationOptionsJSON, WebAuthn section 5.4.",
            content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/enrol/passkey/options")
    ObjectNode beginFirstPasskey(
            @Schema(ref = "Named") @RequestBody JsonNode json, HttpServletRequest request) {
        requireToken(request);
        return options.toMake(freeName(Body.of(json, "name")), site.of(request));
    }

    @Operation(
            tags = "people",
            summary = "Enrol the first administrator with a passkey",
            description = "The token of the first start is void from then on.")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in, with recovery codes that are shown only now.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/enrol/passkey")
    ObjectNode enrolWithPasskey(
            @Schema(ref = "NewPasskey") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var presented = requireToken(request);
        var body = Body.of(json, "name", "label", "credential");
        var name = freeName(body);
        var label = body.label("label", "Passkey");
        var checked = means.passkey(name, label, site.of(request), body.object("credential"));
        return enrol(presented, name, Set.of("hwk", "user", "mfa"), checked, request, response);
    }

    @Operation(tags = "people", summary = "Begin to set the first administrator's password")
    @ApiResponse(
            responseCode = "200",
            description = "A secret for one-time codes.",
            content = @Content(schema = @Schema(ref = "CodeOffer")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/enrol/password/options")
    ObjectNode beginFirstPassword(
            @Schema(ref = "Named") @RequestBody JsonNode json, HttpServletRequest request) {
        requireToken(request);
        return codes.offer(freeName(Body.of(json, "name")));
    }

    @Operation(
            tags = "people",
            summary = "Enrol the first administrator with a password and one-time codes",
            description = "The token of the first start is void from then on.")
    @ApiResponse(
            responseCode = "200",
            description = "Signed in, with recovery codes that are shown only now.",
            content = @Content(schema = @Schema(ref = "Presence")))
    @ApiResponse(responseCode = "400", ref = "MalformedRequest")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "409", ref = "Conflict")
    @PostMapping("/enrol/password")
    ObjectNode enrolWithPassword(
            @Schema(ref = "NewPassword") @RequestBody JsonNode json,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var presented = requireToken(request);
        var body = Body.of(json, "name", "password", "sealed", "code");
        var name = freeName(body);
        var checked =
                means.password(name, body.text("password"), body.text("sealed"), body.text("code"));
        return enrol(presented, name, Set.of("pwd", "otp", "mfa"), checked, request, response);
    }

    private ObjectNode enrol(
            String presented,
            String name,
            Set<String> factors,
            Optional<Means.Checked> checked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (checked.isEmpty()) throw Body.malformed("The proof does not hold: begin again.");
        var roles = Set.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.USER);
        var opened = token.spend(presented, () -> accounts.open(name, roles, BOOTSTRAP));
        if (opened.isEmpty()) throw taken();
        checked.get().keep(BOOTSTRAP);
        var recovery = means.newRecoveryCodes(name, name);
        var proof = sessions.begin(request, response, name, factors).orElseThrow();
        attempts.succeeded(request, response, name);
        var json = presence.begun(name, factors, proof);
        recovery.forEach(json.putArray("recoveryCodes")::add);
        return json;
    }

    /// The token that was presented, if it is the node's.
    private String requireToken(HttpServletRequest request) {
        SameOrigin.refuseOthers(request);
        var header = request.getHeader("Authorization");
        var presented =
                header != null && header.startsWith("Bearer ")
                        ? header.substring("Bearer ".length())
                        : "";
        if (token.matches(presented)) return presented;
        throw new Problem(
                ProblemType.UNAUTHORIZED,
                "This is not the token of the node's first start, or it was used before.");
    }

    private String freeName(Body body) {
        var name = body.text("name");
        try {
            Account.requireName(name);
        } catch (IllegalArgumentException e) {
            throw Body.malformed(String.valueOf(e.getMessage()));
        }
        if (accounts.find(name).isPresent()) throw taken();
        return name;
    }

    private static Problem taken() {
        return new Problem(ProblemType.CONFLICT, "Somebody has this name already.");
    }
}
