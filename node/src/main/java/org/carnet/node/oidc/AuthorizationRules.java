// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

import java.util.Set;
import java.util.function.Consumer;

/// What a client may ask for at all, whether pushed beforehand or in the request: an address of its own, scopes of its own,
/// a PKCE challenge of SHA-256 (RFC 7636), and nothing twice.
final class AuthorizationRules
        implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
    private static final Set<String> UNKNOWN = Set.of("request", "claims", "registration");

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
        var client = context.getRegisteredClient();
        var redirect = asked.getRedirectUri();
        boolean isPublic =
                client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE);
        if (redirect == null || !RedirectUris.allow(client.getRedirectUris(), redirect, isPublic)) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "redirect_uri is not one of the client",
                    asked,
                    null);
        }
        OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR.accept(
                context);
        if (asked.getScopes().isEmpty()) {
            throw refused(OAuth2ErrorCodes.INVALID_SCOPE, "no scope is asked for", asked, redirect);
        }
        asked.getAdditionalParameters()
                .forEach(
                        (name, value) -> {
                            if (!(value instanceof String text) || UNKNOWN.contains(name)) {
                                throw invalid(name, asked, redirect);
                            }
                            if (!isWellFormed(name, text)) throw invalid(name, asked, redirect);
                        });
    }

    private static boolean isWellFormed(String name, String value) {
        return switch (name) {
            case "response_mode" -> value.equals("query");
            case "code_challenge", "dpop_jkt" -> value.matches("[A-Za-z0-9_-]{43}");
            default -> true;
        };
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException invalid(
            String name, OAuth2AuthorizationCodeRequestAuthenticationToken asked, String redirect) {
        return refused(
                OAuth2ErrorCodes.INVALID_REQUEST, name + " is not understood", asked, redirect);
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(
            String code,
            String why,
            OAuth2AuthorizationCodeRequestAuthenticationToken asked,
            @Nullable String redirect) {
        var answer =
                new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        asked.getAuthorizationUri(),
                        asked.getClientId(),
                        (Authentication) asked.getPrincipal(),
                        redirect,
                        asked.getState(),
                        asked.getScopes(),
                        asked.getAdditionalParameters());
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code, why, null), answer);
    }
}
