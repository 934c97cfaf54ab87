// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.identity.Jwk;
import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the tokens say: whom they are about as this client calls them, how and when that was proven, and to which key they
/// are bound.
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Accounts accounts;
    private final PairwiseSubjects subjects;

    TokenClaims(Accounts accounts, PairwiseSubjects subjects) {
        this.accounts = accounts;
        this.subjects = subjects;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        boolean isMachine =
                AuthorizationGrantType.CLIENT_CREDENTIALS.equals(
                        context.getAuthorizationGrantType());
        boolean isAccess = OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType());
        if (isMachine) {
            bind(context, true);
            toInterface(context);
            return;
        }
        Authentication person = context.getPrincipal();
        if (person == null) throw new IllegalStateException("a token is about somebody");
        var client = Client.of(context.getRegisteredClient());
        claims(context, client, person);
        if (!isAccess) {
            context.getJwsHeader().algorithm((JwsAlgorithm) client::idTokens);
            if (context.getAuthorizedScopes().contains("profile")) {
                context.getClaims().claim("preferred_username", person.getName());
            }
            return;
        }
        boolean forInterface = context.getAuthorizedScopes().contains(AccessTokens.SCOPE);
        bind(context, forInterface || client.bound());
        context.getClaims().claim("client_id", client.id());
        if (forInterface) {
            toInterface(context);
        } else {
            context.getJwsHeader().type(AccessTokens.TYPE);
            var issuer = context.getAuthorizationServerContext().getIssuer();
            context.getClaims().audience(list(List.of(issuer + AccessTokens.CLAIMS)));
        }
    }

    private void claims(JwtEncodingContext context, Client client, Authentication person) {
        if (accounts.find(person.getName()).filter(Account::active).isEmpty()) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_GRANT, "the account is not active", null));
        }
        var factors = Person.factors(person);
        context.getClaims()
                .subject(subjects.of(client.sector(), person.getName()))
                .claim("auth_time", Date.from(Person.since(person)))
                .claim("amr", list(factors.stream().sorted().toList()))
                .claim("acr", SignInLevel.of(factors).acr());
    }

    /// Binds the token to the key that the client proved to have (RFC 9449), the one it said beforehand if it did.
    private static void bind(JwtEncodingContext context, boolean isNeeded) {
        Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
        if (proof == null) {
            if (isNeeded) throw unproven("the token is bound to a key: send a DPoP proof");
            return;
        }
        var authorization = context.getAuthorization();
        OAuth2AuthorizationRequest asked =
                authorization == null
                        ? null
                        : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        var said = asked == null ? null : asked.getAdditionalParameters().get("dpop_jkt");
        try {
            var key = Jwk.parse(JSON.valueToTree(proof.getHeaders().get("jwk")));
            var thumbprint = Jwk.thumbprint(key);
            if (said != null && !said.equals(thumbprint)) {
                throw unproven("the DPoP proof is of another key than the one said beforehand");
            }
            context.getClaims().claim("cnf", new HashMap<>(Map.of("jkt", thumbprint)));
        } catch (IllegalArgumentException e) {
            throw unproven("the DPoP proof is of a key that this node does not take");
        }
    }

    private static void toInterface(JwtEncodingContext context) {
        context.getJwsHeader().type(AccessTokens.TYPE);
        var issuer = context.getAuthorizationServerContext().getIssuer();
        context.getClaims().audience(list(List.of(issuer)));
    }

    /// A list that Spring Security can read back.
    private static List<String> list(List<String> texts) {
        return new ArrayList<>(texts);
    }

    private static OAuth2AuthenticationException unproven(String why) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_DPOP_PROOF, why, null));
    }
}
