// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the access token of who asks for a person's claims, as strictly as anywhere.
final class ClaimsTokens implements JwtDecoder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AccessTokens tokens;

    ClaimsTokens(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Jwt decode(String text) {
        try {
            var issuer = AuthorizationServerContextHolder.getContext().getIssuer();
            var token = tokens.requireForClaims(text, issuer);
            return Jwt.withTokenValue(text)
                    .headers(headers -> headers.putAll(members(token.header)))
                    .claims(claims -> claims.putAll(members(token.claims)))
                    .issuedAt(token.time("iat").orElse(Instant.EPOCH))
                    .expiresAt(token.time("exp").orElseThrow())
                    .notBefore(token.time("nbf").orElse(Instant.EPOCH))
                    .build();
        } catch (IllegalArgumentException refused) {
            throw new BadJwtException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static Map<String, Object> members(ObjectNode json) {
        var members = new LinkedHashMap<String, Object>();
        json.properties()
                .forEach(
                        member ->
                                members.put(
                                        member.getKey(),
                                        JSON.treeToValue(member.getValue(), Object.class)));
        return members;
    }
}
