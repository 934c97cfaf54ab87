// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Authenticator;
import org.carnet.node.access.Caller;
import org.carnet.node.access.OwnOrigins;
import org.carnet.node.access.Role;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes whoever shows an access token of this node, and proves to hold the key it is bound to, for whom it names.
///
/// The token says who; what that account may do, and whether it may do anything, is what the account says at this
/// moment. So whoever is suspended is stopped at once, not when the token ends.
///
/// A client that a person let in acts for them as a user, whatever else they are: it is an `app` among the factors, and
/// policies keep it from what could let it stay. Which person, and whether the client is still let in, only this node
/// knows: the token calls them as the client does.
final class DpopAuthenticator implements Authenticator {
    private static final String SCHEME = "DPoP ";

    private final AccessTokens tokens;
    private final DpopProofs proofs;
    private final OwnOrigins origins;
    private final Accounts accounts;
    private final OAuth2AuthorizationService grants;

    DpopAuthenticator(
            AccessTokens tokens,
            DpopProofs proofs,
            OwnOrigins origins,
            Accounts accounts,
            OAuth2AuthorizationService grants) {
        this.tokens = tokens;
        this.proofs = proofs;
        this.origins = origins;
        this.accounts = accounts;
        this.grants = grants;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var origin = origins.require(request).toString();
        try {
            var text = header.substring(SCHEME.length());
            var token = tokens.require(text, origin);
            var proof = only(request, "DPoP");
            var url = origin + request.getRequestURI();
            var key = proofs.require(proof, request.getMethod(), url, text);
            if (!key.equals(SignedToken.text(token.claims.path("cnf"), "jkt"))) {
                throw new IllegalArgumentException("the access token is bound to another key");
            }
            return Optional.of(caller(token, text));
        } catch (IllegalArgumentException refused) {
            throw new Problem(ProblemType.UNAUTHORIZED, sentence(refused));
        }
    }

    private Caller caller(SignedToken token, String text) {
        if (!token.claims.has("auth_time")) {
            var program = active(token.text("sub"));
            return new Caller(
                    Caller.Kind.SERVICE,
                    program.name(),
                    program.roles(),
                    Set.of("pop"),
                    token.time("iat").orElse(Instant.EPOCH));
        }
        var grant = grants.findByToken(text, OAuth2TokenType.ACCESS_TOKEN);
        var access = grant == null ? null : grant.getAccessToken();
        if (grant == null || access == null || !access.isActive()) {
            throw new IllegalArgumentException("the client is not let in any more");
        }
        var person = active(grant.getPrincipalName());
        return new Caller(
                Caller.Kind.PERSON,
                person.name(),
                person.roles().contains(Role.USER) ? Set.of(Role.USER) : Set.of(),
                factors(token),
                token.time("auth_time").orElse(Instant.EPOCH));
    }

    private Account active(String name) {
        return accounts.find(name)
                .filter(Account::active)
                .orElseThrow(() -> new IllegalArgumentException("the account is not active"));
    }

    private static Set<String> factors(SignedToken token) {
        return Stream.concat(
                        token.claims.path("amr").valueStream().map(JsonNode::asString),
                        Stream.of("pop", "app"))
                .collect(Collectors.toSet());
    }

    private static String only(HttpServletRequest request, String name) {
        var all = Collections.list(request.getHeaders(name));
        if (all.size() != 1) {
            throw new IllegalArgumentException("the request has not one header " + name);
        }
        return all.getFirst();
    }

    private static String sentence(IllegalArgumentException refused) {
        var text = String.valueOf(refused.getMessage());
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
