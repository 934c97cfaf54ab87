// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

import java.util.HashMap;

/// Binds the code to the key with which a client proves that it pushed the request (RFC 9449 section 10.1).
final class PushedRequests implements AuthenticationConverter {
    private static final String KEY = "dpop_jkt";

    private final OAuth2AuthorizationCodeRequestAuthenticationConverter requests =
            new OAuth2AuthorizationCodeRequestAuthenticationConverter();
    private final DpopProofs proofs;

    PushedRequests(DpopProofs proofs) {
        this.proofs = proofs;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        var proof = request.getHeader("DPoP");
        if (proof == null
                || !(requests.convert(request)
                        instanceof OAuth2PushedAuthorizationRequestAuthenticationToken pushed)) {
            return null;
        }
        var more = new HashMap<>(pushed.getAdditionalParameters());
        var key = proven(request, proof);
        var said = more.putIfAbsent(KEY, key);
        if (said != null && !said.equals(key)) throw refused("it is of another key than dpop_jkt");
        return new OAuth2PushedAuthorizationRequestAuthenticationToken(
                pushed.getAuthorizationUri(),
                pushed.getClientId(),
                (Authentication) pushed.getPrincipal(),
                pushed.getRedirectUri(),
                pushed.getState(),
                pushed.getScopes(),
                more);
    }

    private String proven(HttpServletRequest request, String proof) {
        try {
            return proofs.require(proof, "POST", request.getRequestURL().toString());
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_DPOP_PROOF, why, null));
    }
}
