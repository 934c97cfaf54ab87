// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

import java.util.List;

/// What the tokens say: an access token for the node's interface is bound to a key, or there is none.
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) access(context);
    }

    private static void access(JwtEncodingContext context) {
        var isMachine =
                AuthorizationGrantType.CLIENT_CREDENTIALS.equals(
                        context.getAuthorizationGrantType());
        if (!isMachine && !context.getAuthorizedScopes().contains(AccessTokens.SCOPE)) return;
        if (context.get(OAuth2TokenContext.DPOP_PROOF_KEY) == null) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(
                            "invalid_dpop_proof",
                            "a token for this node's interface is bound to a key: send a DPoP"
                                    + " proof",
                            null));
        }
        context.getJwsHeader().type(AccessTokens.TYPE);
        var issuer = context.getAuthorizationServerContext().getIssuer();
        context.getClaims().audience(List.of(issuer));
    }
}
