// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import org.carnet.identity.Jwk;
import org.carnet.node.access.Accounts;
import org.carnet.node.access.BootstrapToken;
import org.carnet.node.access.OwnOrigins;
import org.carnet.node.settings.Settings;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

import javax.sql.DataSource;

/// Puts the OpenID Provider together. Spring Security serves its own paths only; everything else is guarded by `access`.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class OidcConfiguration {
    private static final String[] PATHS = {
        "/oauth2/*", "/userinfo", "/connect/*", "/.well-known/*"
    };

    @Bean
    ProviderKeys providerKeys(Settings settings, InstantSource clock) throws IOException {
        return ProviderKeys.open(
                settings.dataDirectory().resolve("keys/sign-in"), new SecureRandom(), clock);
    }

    @Bean
    DpopAuthenticator dpopAuthenticator(
            ProviderKeys keys, OwnOrigins origins, Accounts accounts, InstantSource clock) {
        return new DpopAuthenticator(
                new AccessTokens(keys, clock), new DpopProofs(clock), origins, accounts);
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
    OAuth2AuthorizationService authorizations(
            DataSource database, RegisteredClientRepository clients) {
        return new MachineAuthorizations(
                new JdbcOAuth2AuthorizationService(new JdbcTemplate(database), clients));
    }

    @Bean
    OAuth2AuthorizationConsentService consents(
            DataSource database, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationConsentService(new JdbcTemplate(database), clients);
    }

    @Bean
    JwtEncoder providerSigner(ProviderKeys keys) {
        return new ProviderSigner(keys);
    }

    @Bean
    TokenClaims tokenClaims() {
        return new TokenClaims();
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
    SecurityFilterChain provider(HttpSecurity http, Accounts accounts, InstantSource clock)
            throws Exception {
        var assertions = new ClientAssertions(accounts, clock);
        var server = new OAuth2AuthorizationServerConfigurer();
        return http.securityMatcher(PATHS_BELOW)
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .with(
                        server,
                        it ->
                                it.clientAuthentication(
                                        clients ->
                                                clients.authenticationProviders(
                                                        all ->
                                                                all.stream()
                                                                        .filter(
                                                                                JwtClientAssertionAuthenticationProvider
                                                                                                .class
                                                                                        ::isInstance)
                                                                        .map(
                                                                                JwtClientAssertionAuthenticationProvider
                                                                                                .class
                                                                                        ::cast)
                                                                        .forEach(
                                                                                one ->
                                                                                        one
                                                                                                .setJwtDecoderFactory(
                                                                                                        assertions)))))
                .authorizeHttpRequests(it -> it.anyRequest().authenticated())
                .build();
    }

    private static final String[] PATHS_BELOW = {
        "/oauth2/**", "/userinfo", "/connect/**", "/.well-known/**"
    };

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
