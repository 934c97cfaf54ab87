// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

import java.util.Map;
import java.util.Set;

/// Lets clients that can keep no secret use what Spring Security keeps for those that can: push a request, ask for a code
/// for a device and for its token, go on with a refresh token, and give a token back.
///
/// Such a client only says who it is. What it gets is worth nothing to whoever lies: each of these needs something that
/// the client alone has, and its tokens are bound to a key.
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {
    private static final Set<String> PATHS =
            Set.of("/oauth2/par", "/oauth2/device_authorization", "/oauth2/revoke");
    private static final Set<String> GRANTS =
            Set.of("refresh_token", "urn:ietf:params:oauth:grant-type:device_code");

    private final RegisteredClientRepository clients;

    PublicClients(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (request.getHeader("Authorization") != null
                || request.getParameter("client_assertion") != null
                || request.getParameter("client_secret") != null
                || !isOurs(request)) {
            return null;
        }
        var ids = request.getParameterValues("client_id");
        if (ids == null) return null;
        if (ids.length != 1 || ids[0].isEmpty()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new OAuth2ClientAuthenticationToken(
                ids[0], ClientAuthenticationMethod.NONE, null, Map.of());
    }

    private static boolean isOurs(HttpServletRequest request) {
        var path = request.getRequestURI();
        return PATHS.contains(path)
                || (path.equals("/oauth2/token")
                        && GRANTS.contains(String.valueOf(request.getParameter("grant_type"))));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var claimed = (OAuth2ClientAuthenticationToken) authentication;
        if (!ClientAuthenticationMethod.NONE.equals(claimed.getClientAuthenticationMethod())
                || !claimed.getAdditionalParameters().isEmpty()) {
            return null;
        }
        var client = clients.findByClientId(String.valueOf(claimed.getPrincipal()));
        if (client == null
                || !client.getClientAuthenticationMethods()
                        .contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
