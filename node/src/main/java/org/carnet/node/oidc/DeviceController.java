// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.envelope.Reason;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Caller;
import org.carnet.node.access.Throttle;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Lets people let a device in by the code that it shows (RFC 8628 section 3.3).
///
/// A person is asked every time: whoever is tricked into typing a stranger's code must have the chance to notice. Whoever
/// tries codes waits longer with each, and does not get round it with a code that is right.
@RestController
@SecurityRequirements
final class DeviceController {
    private static final OAuth2TokenType USER_CODE = new OAuth2TokenType("user_code");
    private static final String SCOPES = "scope";
    private static final int LENGTH = 8;
    private static final int FREE_TRIES = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final BrowserSessions browsers;
    private final Clients clients;
    private final OAuth2AuthorizationService grants;
    private final Diary diary;
    private final Throttle throttle;

    DeviceController(
            BrowserSessions browsers,
            Clients clients,
            OAuth2AuthorizationService grants,
            Diary diary,
            Throttle throttle) {
        this.browsers = browsers;
        this.clients = clients;
        this.grants = grants;
        this.diary = diary;
        this.throttle = throttle;
    }

    @Operation(tags = "sign-in", summary = "Read what the device asks that shows a code")
    @ApiResponse(
            responseCode = "200",
            description = "Who asks for what.",
            content = @Content(schema = @Schema(ref = "ConsentQuestion")))
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/device")
    ObjectNode readDeviceQuestion(
            @Schema(ref = "DeviceCode") @RequestBody JsonNode body, HttpServletRequest request) {
        var person = person(request);
        var asked = find(person, body);
        // From here on the question is this person's, and nobody else answers it.
        grants.save(OAuth2Authorization.from(asked).principalName(person.id()).build());
        var client = client(asked);
        return ConsentController.question(client, person.id(), scopes(asked))
                .put("code", normal(body));
    }

    @Operation(tags = "sign-in", summary = "Let the device in that shows a code, or not")
    @ApiResponse(responseCode = "204", description = "The device learns it when it next asks.")
    @ApiResponse(responseCode = "401", ref = "Unauthorized")
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @ApiResponse(responseCode = "429", ref = "RateLimited")
    @PostMapping("/sign-in/device/answer")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answerDevice(
            @Schema(ref = "DeviceAnswer") @RequestBody JsonNode body, HttpServletRequest request) {
        var person = person(request);
        var asked = find(person, body);
        if (!asked.getPrincipalName().equals(person.id())) throw unknown();
        var allow = body.path("allow");
        if (!allow.isBoolean()) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "\"allow\" is true or false.");
        }
        var client = client(asked);
        var scopes = scopes(asked);
        var answered = OAuth2Authorization.from(asked);
        invalidate(answered, asked, OAuth2UserCode.class);
        if (allow.asBoolean()) {
            diary.person(person.id(), client.id(), "device-allowed", scopes);
            answered.authorizedScopes(scopes)
                    .attribute(Principal.class.getName(), Person.of(person))
                    .attributes(all -> all.remove(SCOPES));
        } else {
            diary.person(person.id(), client.id(), "device-denied", scopes);
            invalidate(answered, asked, OAuth2DeviceCode.class);
        }
        grants.save(answered.build());
    }

    private static <T extends OAuth2Token> void invalidate(
            OAuth2Authorization.Builder answered, OAuth2Authorization asked, Class<T> type) {
        var token = asked.getToken(type);
        if (token != null) answered.invalidate(token.getToken());
    }

    private Caller person(HttpServletRequest request) {
        return browsers.acting(request)
                .orElseThrow(() -> new Problem(ProblemType.UNAUTHORIZED, "Sign in first."));
    }

    private OAuth2Authorization find(Caller person, JsonNode body) {
        var code = normal(body);
        var wait =
                throttle.attempt(
                        List.of(new Throttle.Bucket(person.id(), FREE_TRIES, LONGEST_WAIT)));
        if (wait.isPositive()) {
            throw new Problem(
                    ProblemType.of(Reason.RATE_LIMITED),
                    "Too many codes: try again in "
                            + wait.plusMillis(999).toSeconds()
                            + " seconds.");
        }
        var found = grants.findByToken(code, USER_CODE);
        var token = found == null ? null : found.getToken(OAuth2UserCode.class);
        if (found == null || token == null || !token.isActive()) throw unknown();
        return found;
    }

    private Client client(OAuth2Authorization asked) {
        return clients.find(asked.getRegisteredClientId()).orElseThrow(DeviceController::unknown);
    }

    private static Set<String> scopes(OAuth2Authorization asked) {
        Set<String> scopes = asked.getAttribute(SCOPES);
        return scopes == null ? Set.of() : scopes;
    }

    private static String normal(JsonNode body) {
        var code = body.path("code").asString("").toUpperCase(Locale.ROOT);
        var letters = code.replaceAll("[^A-Z0-9]", "");
        if (letters.length() != LENGTH) throw unknown();
        return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
    }

    private static Problem unknown() {
        return new Problem(
                ProblemType.NOT_FOUND,
                "No device shows this code now; it may have become too old.");
    }
}
