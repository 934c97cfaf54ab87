// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.jose.Json;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Another platform, or an application, to which people may sign in with their account here.
///
/// @param id what it calls itself; it never looks like the name of an account
/// @param keys with which it proves itself; without any it is public, a program that can keep no secret
/// @param redirects where people may be sent back to
/// @param farewells where people may be sent after they have signed out
/// @param scopes what it may ask for
/// @param device whether it may run where nobody can sign in, and have people allow it elsewhere (RFC 8628)
/// @param refreshes whether it may go on when the person has left
/// @param bound whether its tokens are bound to a key of its own (RFC 9449); those for the node's interface always are
/// @param idTokens the algorithm of its identity tokens, `ES256` or `EdDSA`
/// @param sector those clients by which a person is called the same
record Client(
        String id,
        String name,
        List<DidKey> keys,
        Set<String> redirects,
        Set<String> farewells,
        Set<String> scopes,
        boolean device,
        boolean refreshes,
        boolean bound,
        String idTokens,
        String sector) {
    static final Set<String> SCOPES = Set.of("openid", "profile", AccessTokens.SCOPE);

    private static final Duration REFRESH_LIFE = Duration.ofDays(30);
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final Duration DEVICE_LIFE = Duration.ofMinutes(10);
    private static final int LONGEST = 100;
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern LIKE_ACCOUNT = Pattern.compile("[a-z][a-z0-9._-]*");
    private static final String KEYS = "carnet.keys";
    private static final String ID_TOKENS = "carnet.id-tokens";
    private static final String SECTOR = "carnet.sector";
    private static final String BOUND = "carnet.bound";

    Client {
        keys = List.copyOf(keys);
        redirects = Set.copyOf(redirects);
        farewells = Set.copyOf(farewells);
        scopes = Set.copyOf(scopes);
        require(
                id.length() <= LONGEST
                        && ID.matcher(id).matches()
                        && !LIKE_ACCOUNT.matcher(id).matches()
                        && !id.startsWith(AccountClients.ACCOUNT),
                "\"id\" has up to 100 letters without spaces and is not like the name of an"
                        + " account, such as https://arcadia.example");
        require(!name.isBlank() && name.length() <= LONGEST, "\"name\" is what people read");
        redirects.forEach(RedirectUris::require);
        farewells.forEach(RedirectUris::require);
        require(SCOPES.containsAll(scopes) && !scopes.isEmpty(), "\"scopes\" are of " + SCOPES);
        require(device || !redirects.isEmpty(), "a client has redirect URIs, or is a device");
        require(Set.of("ES256", "EdDSA").contains(idTokens), "identity tokens are ES256 or EdDSA");
        require(bound || !keys.isEmpty(), "the tokens of a public client are bound to a key");
        require(
                !device || scopes.contains(AccessTokens.SCOPE),
                "a device gets access to the node's interface, so its scopes have "
                        + AccessTokens.SCOPE);
        require(!sector.isBlank(), "a client belongs to a sector");
    }

    boolean isPublic() {
        return keys.isEmpty();
    }

    RegisteredClient registered() {
        var builder =
                RegisteredClient.withId(id)
                        .clientId(id)
                        .clientName(name)
                        .clientAuthenticationMethod(
                                isPublic()
                                        ? ClientAuthenticationMethod.NONE
                                        : ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .redirectUris(all -> all.addAll(redirects))
                        .postLogoutRedirectUris(all -> all.addAll(farewells))
                        .scopes(all -> all.addAll(scopes))
                        .clientSettings(settings())
                        .tokenSettings(
                                TokenSettings.builder()
                                        .accessTokenTimeToLive(AccountClients.LIFE)
                                        .authorizationCodeTimeToLive(CODE_LIFE)
                                        .deviceCodeTimeToLive(DEVICE_LIFE)
                                        .refreshTokenTimeToLive(REFRESH_LIFE)
                                        .reuseRefreshTokens(false)
                                        .build());
        if (!redirects.isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE);
        }
        if (device) builder.authorizationGrantType(AuthorizationGrantType.DEVICE_CODE);
        if (refreshes) builder.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
        return builder.build();
    }

    private ClientSettings settings() {
        var settings =
                ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .setting(KEYS, keysJson())
                        .setting(ID_TOKENS, idTokens)
                        .setting(SECTOR, sector)
                        .setting(BOUND, bound);
        // By this one Spring Security knows private_key_jwt from client_secret_jwt; the keys decide
        // the algorithm.
        if (!isPublic()) {
            settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.ES256);
        }
        return settings.build();
    }

    static Client of(RegisteredClient registered) {
        var settings = registered.getClientSettings();
        var grants = registered.getAuthorizationGrantTypes();
        return new Client(
                registered.getClientId(),
                registered.getClientName(),
                keys(setting(settings, KEYS)),
                new LinkedHashSet<>(registered.getRedirectUris()),
                new LinkedHashSet<>(registered.getPostLogoutRedirectUris()),
                registered.getScopes(),
                grants.contains(AuthorizationGrantType.DEVICE_CODE),
                grants.contains(AuthorizationGrantType.REFRESH_TOKEN),
                Boolean.TRUE.equals(settings.getSetting(BOUND)),
                setting(settings, ID_TOKENS),
                setting(settings, SECTOR));
    }

    private static String setting(ClientSettings settings, String name) {
        return settings.getSetting(name) instanceof String text ? text : "";
    }

    private String keysJson() {
        var all = Json.object();
        for (var key : keys) {
            var jwk = all.withArray("keys").addObject();
            Jwk.members(key).forEach(jwk::put);
        }
        return Json.text(all);
    }

    private static List<DidKey> keys(String json) {
        return Json.object(Bytes.utf8(json)).path("keys").valueStream().map(Jwk::parse).toList();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) throw new IllegalArgumentException(otherwise);
    }
}
