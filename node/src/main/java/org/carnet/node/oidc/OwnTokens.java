// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;

/// Tells a client of the tokens of others nothing but that they are not active (RFC 7662 section 4): what is in them is how
/// others call the same people.
final class OwnTokens implements AuthenticationProvider {
    private final OAuth2AuthorizationService grants;

    OwnTokens(OAuth2AuthorizationService grants) {
        this.grants = grants;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var asked = (OAuth2TokenIntrospectionAuthenticationToken) authentication;
        var grant = grants.findByToken(asked.getToken(), null);
        if (grant == null
                || !(asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken client)
                || client.getRegisteredClient() == null
                || client.getRegisteredClient().getId().equals(grant.getRegisteredClientId())) {
            return null;
        }
        return new OAuth2TokenIntrospectionAuthenticationToken(
                asked.getToken(), client, OAuth2TokenIntrospection.builder().build());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2TokenIntrospectionAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
