// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ErrorAuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Puts on the record that a client was refused tokens which proved who it is; at most one refusal a second of each, and
/// none of those who only say who they are.
final class ClientRefusals implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final String CLIENT = ClientRefusals.class.getName();
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final OAuth2ErrorAuthenticationFailureHandler answers =
            new OAuth2ErrorAuthenticationFailureHandler();
    private final Map<String, Instant> last = new HashMap<>();
    private final Diary diary;
    private final InstantSource clock;

    ClientRefusals(Diary diary, InstantSource clock) {
        this.diary = diary;
        this.clock = clock;
    }

    /// Remembers which client proved who it is.
    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication client) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(client);
        SecurityContextHolder.setContext(context);
        request.setAttribute(CLIENT, client);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException, ServletException {
        proven(request)
                .filter(this::isDue)
                .ifPresent(client -> diary.refused(client, why(exception)));
        answers.onAuthenticationFailure(request, response, exception);
    }

    private static Optional<String> proven(HttpServletRequest request) {
        return request.getAttribute(CLIENT) instanceof OAuth2ClientAuthenticationToken client
                        && ClientAuthenticationMethod.PRIVATE_KEY_JWT.equals(
                                client.getClientAuthenticationMethod())
                ? Optional.of(client.getName())
                : Optional.empty();
    }

    private synchronized boolean isDue(String client) {
        var now = clock.instant();
        last.values().removeIf(before -> !now.isBefore(before.plus(EVERY)));
        return last.putIfAbsent(client, now) == null;
    }

    private static String why(AuthenticationException exception) {
        return exception instanceof OAuth2AuthenticationException refused
                ? refused.getError().getErrorCode()
                : "refused";
    }
}
