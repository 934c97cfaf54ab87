// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.Jwk;
import org.carnet.identity.VerificationKey;
import org.carnet.jose.Json;
import org.carnet.node.access.Accounts;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Believes that a client is who it says by a token it signed (RFC 7523 section 3): one that is for this node's token
/// endpoint and nothing else, lives for a minute or two, and is shown once.
final class ClientAssertions implements JwtDecoderFactory<RegisteredClient> {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(2);
    private static final int LONGEST_ID = 128;

    private final Accounts accounts;
    private final Replays replays;
    private final InstantSource clock;

    ClientAssertions(Accounts accounts, InstantSource clock) {
        this.accounts = accounts;
        this.replays = new Replays(LONGEST_LIFE, clock);
        this.clock = clock;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        return text -> {
            try {
                return decode(text, client);
            } catch (IllegalArgumentException refused) {
                throw new BadJwtException(String.valueOf(refused.getMessage()), refused);
            }
        };
    }

    private Jwt decode(String text, RegisteredClient client) {
        var token = SignedToken.parse(text);
        var type = token.type();
        require(type.isEmpty() || type.equals("jwt") || type.equals("client-authentication+jwt"));
        require(keys(client).stream().anyMatch(token::isSignedBy));
        require(token.text("iss").equals(client.getClientId()));
        require(token.text("sub").equals(client.getClientId()));
        var context = AuthorizationServerContextHolder.getContext();
        var issuer = context.getIssuer();
        var endpoint = issuer + context.getAuthorizationServerSettings().getTokenEndpoint();
        require(token.isFor(endpoint) || token.isFor(issuer));
        var now = clock.instant();
        var end = token.time("exp").orElse(Instant.EPOCH);
        require(now.isBefore(end) && !end.isAfter(now.plus(LONGEST_LIFE)));
        var made = token.time("iat").orElse(now);
        require(!made.isAfter(now.plus(LONGEST_LIFE)));
        var id = token.text("jti");
        require(!id.isEmpty() && id.length() <= LONGEST_ID);
        require(
                replays.isFirst(
                        client.getId() + " " + id,
                        end.minus(LONGEST_LIFE).isAfter(made) ? made : end));
        return Jwt.withTokenValue(text)
                .headers(headers -> headers.put("alg", SignedToken.text(token.header, "alg")))
                .claims(
                        claims ->
                                claims.putAll(
                                        Map.of(
                                                "iss", client.getClientId(),
                                                "sub", client.getClientId(),
                                                "jti", id)))
                .audience(new ArrayList<>(List.of(endpoint)))
                .expiresAt(end)
                .build();
    }

    /// The keys with which a client may prove itself: known beforehand, never fetched from where a client says.
    private Collection<VerificationKey> keys(RegisteredClient client) {
        if (!AccountClients.isAccount(client)) {
            return Client.of(client).keys().stream().map(VerificationKey::of).toList();
        }
        return accounts.keys(client.getClientId()).stream()
                .map(key -> Json.object(Bytes.utf8(key.toJSONString())))
                .map(key -> Jwk.key(key))
                .toList();
    }

    private static void require(boolean condition) {
        if (!condition) throw new IllegalArgumentException("the client assertion is refused");
    }
}
