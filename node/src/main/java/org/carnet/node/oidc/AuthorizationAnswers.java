// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.jose.Json;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.carnet.node.problems.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sends people back to the client, with a code or a refusal, and always with who sends them: a client that asked another
/// provider notices (`iss`, RFC 9207).
///
/// Nobody is sent to an address that is not the client's; such a request is answered here. The page on which people
/// consent is told the address, and goes there by itself.
final class AuthorizationAnswers
        implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    static final Authentication NOBODY =
            new AnonymousAuthenticationToken(
                    "nobody", "nobody", AuthorityUtils.createAuthorityList("nobody"));

    private final Diary diary;

    AuthorizationAnswers(Diary diary) {
        this.diary = diary;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication answer)
            throws IOException {
        var granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) answer;
        var code = granted.getAuthorizationCode();
        if (code == null) throw new IllegalStateException("there is no code to answer with");
        var more = new LinkedHashMap<String, String>();
        more.put("code", code.getTokenValue());
        send(request, response, String.valueOf(granted.getRedirectUri()), granted.getState(), more);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException exception)
            throws IOException {
        var asked =
                exception instanceof OAuth2AuthorizationCodeRequestAuthenticationException refused
                        ? refused.getAuthorizationCodeRequestAuthentication()
                        : null;
        var error = ((OAuth2AuthenticationException) exception).getError();
        if (asked == null || asked.getRedirectUri() == null || asked.getRedirectUri().isEmpty()) {
            ProblemWriter.write(
                    response,
                    new Problem(
                            ProblemType.MALFORMED_REQUEST,
                            "The application asked in a way that is not answered: "
                                    + String.valueOf(error.getDescription())
                                    + "."));
            return;
        }
        if (error.getErrorCode().equals(OAuth2ErrorCodes.ACCESS_DENIED)
                && asked.getPrincipal() instanceof Authentication person) {
            diary.person(person.getName(), asked.getClientId(), "denied", asked.getScopes());
        }
        var more = new LinkedHashMap<String, String>();
        more.put("error", error.getErrorCode());
        if (error.getDescription() != null) more.put("error_description", error.getDescription());
        send(request, response, asked.getRedirectUri(), asked.getState(), more);
    }

    private static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            String redirect,
            @Nullable String state,
            Map<String, String> more)
            throws IOException {
        if (state != null && !state.isEmpty()) more.put("state", state);
        more.put("iss", AuthorizationServerContextHolder.getContext().getIssuer());
        var address = new StringBuilder(redirect);
        more.forEach(
                (name, value) ->
                        address.append(address.indexOf("?") < 0 ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        if (request.getMethod().equals("GET")) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", address.toString());
            return;
        }
        response.setContentType("application/json");
        response.getWriter().write(Json.text(Json.object().put("redirect", address.toString())));
    }
}
