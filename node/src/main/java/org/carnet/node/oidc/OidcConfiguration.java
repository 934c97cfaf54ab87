// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.carnet.identity.Jwk;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.BrowserSessions;
import org.carnet.node.access.Oneself;
import org.carnet.node.access.OwnOrigins;
import org.carnet.node.access.StepUp;
import org.carnet.node.access.Throttle;
import org.carnet.node.points.Records;
import org.carnet.node.settings.Settings;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;

import javax.sql.DataSource;

/// Puts the OpenID Provider together. Spring Security serves its own paths only; everything else is guarded by `access`.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class OidcConfiguration {
    private static final String[] PATHS = {
        "/oauth2/*",
        "/userinfo",
        "/connect/*",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server"
    };

    @Bean
    ProviderKeys providerKeys(Settings settings, InstantSource clock) throws IOException {
        return ProviderKeys.open(
                settings.dataDirectory().resolve("keys/sign-in"), new SecureRandom(), clock);
    }

    @Bean
    DpopAuthenticator dpopAuthenticator(
            ProviderKeys keys,
            OwnOrigins origins,
            Accounts accounts,
            OAuth2AuthorizationService grants,
            InstantSource clock) {
        return new DpopAuthenticator(
                new AccessTokens(keys, clock), new DpopProofs(clock), origins, accounts, grants);
    }

    @Bean
    KeyEnrolmentController keyEnrolmentController(BootstrapToken token, Accounts accounts) {
        return new KeyEnrolmentController(token, accounts);
    }

    @Bean
    FilterRegistrationBean<OwnAddressFilter> ownAddress(OwnOrigins origins) {
        var filter = new FilterRegistrationBean<>(new OwnAddressFilter(origins));
        filter.addUrlPatterns(PATHS);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean springSecurity() {
        var filter = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        filter.addUrlPatterns(PATHS);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 4);
        return filter;
    }

    @Bean
    RegisteredClientRepository clients(DataSource database, Accounts accounts) {
        return new AccountClients(
                new JdbcRegisteredClientRepository(new JdbcTemplate(database)), accounts);
    }

    @Bean
    Diary clientDiary(Records records, Settings settings) {
        return new Diary(records, settings.origin());
    }

    @Bean
    Clients clientBook(RegisteredClientRepository clients, JdbcClient jdbc, Diary clientDiary) {
        return new Clients(clients, jdbc, clientDiary, new SecureRandom());
    }

    @Bean
    ClientController clientController(Clients clients, StepUp stepUp) {
        return new ClientController(clients, stepUp);
    }

    @Bean
    OwnClientsController ownClientsController(Clients clients, Oneself oneself) {
        return new OwnClientsController(clients, oneself);
    }

    @Bean
    ConsentController consentController(
            BrowserSessions browsers, Clients clients, OAuth2AuthorizationService grants) {
        return new ConsentController(browsers, clients, grants);
    }

    @Bean
    DeviceController deviceController(
            BrowserSessions browsers,
            Clients clients,
            OAuth2AuthorizationService grants,
            Diary clientDiary,
            InstantSource clock) {
        return new DeviceController(browsers, clients, grants, clientDiary, new Throttle(clock));
    }

    @Bean
    OAuth2AuthorizationService grants(
            DataSource database,
            RegisteredClientRepository clients,
            JdbcClient jdbc,
            Diary clientDiary,
            InstantSource clock) {
        return new Grants(
                new JdbcOAuth2AuthorizationService(new GrantQueries(database), clients),
                new SpentGrants(jdbc, clock),
                clientDiary);
    }

    @Bean
    OAuth2AuthorizationConsentService consents(
            DataSource database, RegisteredClientRepository clients, Diary clientDiary) {
        return new Consents(
                new JdbcOAuth2AuthorizationConsentService(new GrantQueries(database), clients),
                clientDiary);
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> providerTokens(
            ProviderKeys keys, Accounts accounts, Settings settings, InstantSource clock)
            throws IOException {
        var random = new SecureRandom();
        var subjects = PairwiseSubjects.open(settings.dataDirectory().resolve("keys"), random);
        var signed = new JwtGenerator(new ProviderSigner(keys));
        signed.setJwtCustomizer(new TokenClaims(accounts, subjects));
        signed.setClock(clock.withZone(ZoneOffset.UTC));
        return new DelegatingOAuth2TokenGenerator(signed, new RefreshTokens(random, clock));
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(ProviderKeys keys) {
        return (selector, context) -> selector.select(keySet(keys));
    }

    @Bean
    AuthorizationServerSettings providerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    SecurityFilterChain provider(
            HttpSecurity http,
            BrowserSessions browsers,
            Accounts accounts,
            RegisteredClientRepository clients,
            OAuth2AuthorizationService grants,
            ProviderKeys keys,
            Diary clientDiary,
            InstantSource clock)
            throws Exception {
        var answers = new AuthorizationAnswers(clientDiary);
        var chain =
                new ProviderChain(
                        browsers,
                        new ClientAssertions(accounts, clock),
                        new PublicClients(clients),
                        new PushedRequests(new DpopProofs(clock)),
                        new OwnTokens(grants),
                        new ClaimsTokens(new AccessTokens(keys, clock)),
                        new SignInFirst(
                                browsers, grants, answers, new Marks(new SecureRandom()), clock),
                        answers,
                        new ClientRefusals(clientDiary, clock));
        return chain.build(http);
    }

    private static JWKSet keySet(ProviderKeys keys) {
        return new JWKSet(keys.all().stream().map(OidcConfiguration::jwk).toList());
    }

    private static JWK jwk(org.carnet.identity.DidKey key) {
        try {
            var members = new java.util.HashMap<String, Object>(Jwk.members(key));
            members.put("kid", Jwk.thumbprint(key));
            members.put("use", "sig");
            members.put("alg", org.carnet.jose.Jws.name(key.algorithm()));
            return JWK.parse(members);
        } catch (java.text.ParseException e) {
            throw new IllegalStateException("a key of the provider is none", e);
        }
    }
}
