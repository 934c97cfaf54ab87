// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

import java.util.Optional;

/// Keeps what people allowed their clients, on the record before it holds; what a machine got for its key is over in
/// minutes and proves itself, so nothing is kept of that.
///
/// A code, a device's code and a refresh token are good once, also when two come with one at the same time. Whoever comes
/// with one again, the client or a thief, ends everything that came of it (RFC 6749 section 4.1.2, RFC 9700 section 4.14).
final class Grants implements OAuth2AuthorizationService {
    private final OAuth2AuthorizationService kept;
    private final SpentGrants spent;
    private final Diary diary;

    Grants(OAuth2AuthorizationService kept, SpentGrants spent, Diary diary) {
        this.kept = kept;
        this.spent = spent;
        this.diary = diary;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(
                authorization.getAuthorizationGrantType())) {
            return;
        }
        var before = kept.findById(authorization.getId());
        if (before == null) {
            spent.sweep();
        } else if (isNew(before.getAccessToken(), authorization.getAccessToken())) {
            spend(before, authorization);
            record(authorization, "client-let-in");
        } else if (isEnded(authorization.getAccessToken()) && !isEnded(before.getAccessToken())) {
            record(authorization, "client-shut-out");
        }
        kept.save(authorization);
    }

    /// What the new tokens are given for is used up with them.
    private void spend(OAuth2Authorization before, OAuth2Authorization after) {
        var code =
                before.getAccessToken() == null
                        ? before.getToken(OAuth2AuthorizationCode.class)
                        : before.getRefreshToken();
        var used = code == null ? before.getToken(OAuth2DeviceCode.class) : code;
        if (used == null || !spent.take(used.getToken().getTokenValue(), after.getId())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    private static boolean isNew(
            OAuth2Authorization.@Nullable Token<?> before,
            OAuth2Authorization.@Nullable Token<?> after) {
        return after != null && !value(before).equals(value(after));
    }

    private static boolean isEnded(OAuth2Authorization.@Nullable Token<?> token) {
        return token != null && token.isInvalidated();
    }

    private static Optional<String> value(OAuth2Authorization.@Nullable Token<?> token) {
        return Optional.ofNullable(token)
                .map(OAuth2Authorization.Token::getToken)
                .map(OAuth2Token::getTokenValue);
    }

    private void record(OAuth2Authorization authorization, String what) {
        diary.person(
                authorization.getPrincipalName(),
                authorization.getRegisteredClientId(),
                what,
                authorization.getAuthorizedScopes());
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        kept.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return kept.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var found = kept.findByToken(token, type);
        if (found == null && type != null && type.equals(OAuth2TokenType.REFRESH_TOKEN)) {
            spent.owner(token).map(kept::findById).ifPresent(this::end);
        }
        return found;
    }

    private void end(OAuth2Authorization stolen) {
        var builder = OAuth2Authorization.from(stolen);
        var refresh = stolen.getRefreshToken();
        var access = stolen.getAccessToken();
        if (refresh != null) builder.invalidate(refresh.getToken());
        if (access != null) builder.invalidate(access.getToken());
        save(builder.build());
    }
}
