// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.Authenticator;
import org.carnet.node.access.Caller;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Takes whoever shows an access token of a provider that the operator chose for that (RFC 9068), for the account that
/// the person has here.
///
/// Only tokens that are for this node's own audience count. What is bound to a key is not taken here, since nobody proves
/// to hold it; such a token is refused rather than believed without.
final class ForeignTokenAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignTokenAuthenticator.class);
    private static final String SCHEME = "Bearer ";
    private static final Set<String> NEEDED = Set.of("sub", "exp", "iat");
    private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt", "application/at+jwt");

    private final Providers providers;
    private final Accounts accounts;
    private final InstantSource clock;

    ForeignTokenAuthenticator(Providers providers, Accounts accounts, InstantSource clock) {
        this.providers = providers;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        var text = header.substring(SCHEME.length());
        var provider = claimed(text);
        if (provider.isEmpty()) return Optional.empty();
        try {
            return Optional.of(caller(provider.get(), text));
        } catch (Refused refused) {
            LOG.info("an access token is refused: {}", refused.getMessage());
            var isUnreachable = refused.refusal() == Refusal.UNREACHABLE;
            throw new Problem(
                    isUnreachable ? ProblemType.UNAVAILABLE : ProblemType.UNAUTHORIZED,
                    isUnreachable
                            ? "The provider that issued the access token cannot be reached."
                            : "The access token does not hold here.");
        }
    }

    /// The provider that the token says it is of, if tokens of it open the interface; nothing is believed yet.
    private Optional<OpenIdProvider> claimed(String text) {
        try {
            var claims = Json.object(Jws.parse(Bytes.utf8(text)).payload());
            return providers
                    .ofIssuer(claims.path("iss").asString(""))
                    .filter(one -> one.settings().audience().isPresent());
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    private Caller caller(OpenIdProvider provider, String text) throws Refused {
        var token = ProviderToken.verify(text, provider.known());
        var type = token.header().getType();
        var said = type == null ? "" : type.getType().toLowerCase(Locale.ROOT);
        if (!TYPES.contains(said)) {
            throw new Refused(Refusal.NOT_PROVEN, "it is no access token but " + said);
        }
        requireFor(provider, token.claims());
        if (token.claims().getClaim("cnf") != null) {
            throw new Refused(Refusal.NOT_PROVEN, "it is bound to a key that nobody proves");
        }
        var assertion = Assertion.of(token, provider.settings(), clock.instant());
        var account = accounts.enter(assertion.identity(), Providers.roles(provider));
        if (!account.active()) throw new Refused(Refusal.NOT_ACTIVE, "the account is not active");
        return person(account, assertion);
    }

    private static void requireFor(OpenIdProvider provider, JWTClaimsSet claims) throws Refused {
        var issuer = new JWTClaimsSet.Builder().issuer(provider.issuer()).build();
        var audience = provider.settings().audience().orElseThrow();
        try {
            new DefaultJWTClaimsVerifier<SecurityContext>(audience, issuer, NEEDED)
                    .verify(claims, null);
        } catch (BadJWTException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    private static Caller person(Account account, Assertion assertion) {
        return new Caller(
                Caller.Kind.PERSON,
                account.name(),
                account.roles(),
                assertion.factors(),
                assertion.since());
    }
}
