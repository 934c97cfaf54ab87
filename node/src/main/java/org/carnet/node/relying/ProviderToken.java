// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.carnet.Bytes;
import org.carnet.identity.Jwk;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.node.access.ForeignIdentity;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A JSON Web Token whose signature is of a key that the provider publishes, by an algorithm that was agreed before.
///
/// What it says is for whoever asks to judge: for whom it is, until when, and for which sign-in.
final class ProviderToken {
    private static final int LONGEST = 16 << 10;
    private static final int SHORTEST_RSA = 2048;
    private static final int MOST_FACTORS = 10;

    private final JWSHeader header;
    private final JWTClaimsSet claims;

    private ProviderToken(JWSHeader header, JWTClaimsSet claims) {
        this.header = header;
        this.claims = claims;
    }

    /// @throws Refused if nobody the node believes has signed it so
    static ProviderToken verify(String text, OpenIdProvider.Known provider) throws Refused {
        var token = parse(text);
        var header = token.getHeader();
        if (!provider.algorithms().contains(header.getAlgorithm())) {
            throw refused("its algorithm is none that the provider uses and this node believes");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw refused("its header asks for what is not understood");
        }
        for (var key : keys(header, provider)) {
            if (isSignedBy(key, token, text)) {
                return new ProviderToken(header, claims(token));
            }
        }
        throw refused("its signature is of no key of the provider");
    }

    private static SignedJWT parse(String text) throws Refused {
        if (text.length() > LONGEST) throw refused("it is too long");
        try {
            // The library takes several texts for one token; there is one only.
            var strict = Jws.parse(Bytes.utf8(text));
            Json.object(strict.header());
            Json.object(strict.payload());
            return SignedJWT.parse(text);
        } catch (IllegalArgumentException | ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    private static List<JWK> keys(JWSHeader header, OpenIdProvider.Known provider) throws Refused {
        try {
            return provider.keys().get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
        } catch (KeySourceException e) {
            throw new Refused(Refusal.UNREACHABLE, e);
        }
    }

    private static boolean isSignedBy(JWK key, SignedJWT token, String text) throws Refused {
        try {
            return switch (key) {
                case ECKey ec -> token.verify(new ECDSAVerifier(ec.toPublicJWK()));
                case RSAKey rsa ->
                        rsa.size() >= SHORTEST_RSA
                                && token.verify(new RSASSAVerifier(rsa.toPublicJWK()));
                case OctetKeyPair pair ->
                        Jws.parse(Bytes.utf8(text))
                                .isSignedBy(
                                        edwards(pair), token.getHeader().getAlgorithm().getName());
                default -> false;
            };
        } catch (JOSEException | IllegalArgumentException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    private static VerificationKey edwards(OctetKeyPair pair) {
        var json = Bytes.utf8(pair.toPublicJWK().toJSONString());
        return VerificationKey.of(Jwk.parse(Json.object(json)));
    }

    private static JWTClaimsSet claims(SignedJWT token) throws Refused {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    JWSHeader header() {
        return header;
    }

    JWTClaimsSet claims() {
        return claims;
    }

    /// Whom it is about.
    ForeignIdentity identity() throws Refused {
        var subject = claims.getSubject();
        if (subject == null) throw refused("it names nobody");
        try {
            return new ForeignIdentity(claims.getIssuer(), subject);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    /// When the person proved who they are, if the provider says it.
    Optional<Instant> authenticated() throws Refused {
        try {
            return Optional.ofNullable(claims.getDateClaim("auth_time")).map(Date::toInstant);
        } catch (ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    /// By what the person proved it: those that look like `amr` values (RFC 8176).
    Set<String> factors() throws Refused {
        try {
            var said = claims.getStringListClaim("amr");
            return said == null
                    ? Set.of()
                    : said.stream()
                            .filter(factor -> factor.matches("[a-z]{2,10}"))
                            .limit(MOST_FACTORS)
                            .collect(Collectors.toSet());
        } catch (ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    private static Refused refused(String why) {
        return new Refused(Refusal.NOT_PROVEN, "the provider's token is refused: " + why);
    }
}
