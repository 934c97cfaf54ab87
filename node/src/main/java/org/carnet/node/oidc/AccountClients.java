// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.node.access.Account;
import org.carnet.node.access.Accounts;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

import java.time.Duration;

/// Every client there is: those that were registered, and each account that has a key, under its own name.
///
/// The identifier of a registered client never looks like the name of an account.
final class AccountClients implements RegisteredClientRepository {
    /// How long an access token lives.
    static final Duration LIFE = Duration.ofMinutes(5);

    static final String ACCOUNT = "account:";

    private final RegisteredClientRepository registered;
    private final Accounts accounts;

    AccountClients(RegisteredClientRepository registered, Accounts accounts) {
        this.registered = registered;
        this.accounts = accounts;
    }

    @Override
    public void save(RegisteredClient client) {
        registered.save(client);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return id.startsWith(ACCOUNT)
                ? account(id.substring(ACCOUNT.length()))
                : registered.findById(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        var account = account(clientId);
        return account == null ? registered.findByClientId(clientId) : account;
    }

    static boolean isAccount(RegisteredClient client) {
        return client.getId().startsWith(ACCOUNT);
    }

    private @Nullable RegisteredClient account(String name) {
        var account = accounts.find(name).filter(Account::active);
        if (account.isEmpty() || accounts.keys(name).isEmpty()) return null;
        return RegisteredClient.withId(ACCOUNT + name)
                .clientId(name)
                .clientName(name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(AccessTokens.SCOPE)
                .clientSettings(
                        ClientSettings.builder()
                                .tokenEndpointAuthenticationSigningAlgorithm(
                                        SignatureAlgorithm.ES256)
                                .build())
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(LIFE).build())
                .build();
    }
}
