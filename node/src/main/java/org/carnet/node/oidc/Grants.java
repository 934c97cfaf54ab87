// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Keeps what people allowed their clients, on the record before it holds; what a machine got for its key is over in
/// minutes and proves itself, so nothing is kept of that.
///
/// A code, a device's code and a refresh token are good once, also when two come with one at the same time. Whoever comes
/// with one again, the client or a thief, ends everything that came of it (RFC 6749 section 4.1.2, RFC 9700 section 4.14).
final class Grants implements OAuth2AuthorizationService {
    /// The attribute, never kept, by which an authorization that was found says what it was found by.
    private static final String SHOWN = Grants.class.getName();

    private static final Set<String> SPENDABLE =
            Set.of(
                    OAuth2ParameterNames.CODE,
                    OAuth2ParameterNames.DEVICE_CODE,
                    OAuth2ParameterNames.REFRESH_TOKEN);

    private final OAuth2AuthorizationService kept;
    private final SpentGrants spent;
    private final Diary diary;

    Grants(OAuth2AuthorizationService kept, SpentGrants spent, Diary diary) {
        this.kept = kept;
        this.spent = spent;
        this.diary = diary;
    }

    @Override
    public void save(OAuth2Authorization changed) {
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(changed.getAuthorizationGrantType())) {
            return;
        }
        var authorization = changed(changed, attributes -> attributes.remove(SHOWN));
        var before = kept.findById(authorization.getId());
        if (before == null) {
            spent.sweep();
        } else if (isNew(before.getAccessToken(), authorization.getAccessToken())) {
            spend(changed);
            record(authorization, "client-let-in");
        } else if (isEnded(authorization.getAccessToken()) && !isEnded(before.getAccessToken())) {
            record(authorization, "client-shut-out");
        }
        kept.save(authorization);
    }

    /// What was shown for the new tokens is used up with them. It is what this request showed, not what is kept by now:
    /// another request may have come with the same meanwhile.
    private void spend(OAuth2Authorization changed) {
        String shown = changed.getAttribute(SHOWN);
        if (shown == null || !spent.take(shown, changed.getId())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    private static OAuth2Authorization changed(
            OAuth2Authorization authorization, Consumer<Map<String, Object>> attributes) {
        return OAuth2Authorization.from(authorization).attributes(attributes).build();
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
        if (found == null || type == null || !SPENDABLE.contains(type.getValue())) return found;
        return changed(found, attributes -> attributes.put(SHOWN, token));
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
