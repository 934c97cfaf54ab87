// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

import java.security.SecureRandom;
import java.time.InstantSource;

/// Tokens with which a client goes on, each for once; the tokens of a public client are bound to its key, and so is going
/// on.
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {
    private static final int LENGTH = 32;

    private final SecureRandom random;
    private final InstantSource clock;

    RefreshTokens(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) return null;
        var bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        var now = clock.instant();
        var life = context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive();
        return new OAuth2RefreshToken(Bytes.unsafe(bytes).toBase64Url(), now, now.plus(life));
    }
}
