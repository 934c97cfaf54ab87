// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Keeps what people allowed their clients; what a machine got for its key is over in minutes and proves itself, so
/// nothing is kept of that.
final class MachineAuthorizations implements OAuth2AuthorizationService {
    private final OAuth2AuthorizationService kept;

    MachineAuthorizations(OAuth2AuthorizationService kept) {
        this.kept = kept;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        var grant = authorization.getAuthorizationGrantType();
        if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(grant)) kept.save(authorization);
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
        return kept.findByToken(token, type);
    }
}
