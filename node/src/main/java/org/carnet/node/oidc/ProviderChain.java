// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.carnet.node.access.BrowserSessions;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.OAuth2AuthorizationEndpointFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The endpoints of the provider as Spring Security has them, with this node's own answers to who asks, what may be asked,
/// and who may go on.
///
/// @param assertions how confidential clients prove who they are
/// @param publicClients how the others say who they are
/// @param first sends people to sign in
record ProviderChain(
        BrowserSessions browsers,
        ClientAssertions assertions,
        PublicClients publicClients,
        PushedRequests pushed,
        OwnTokens ownTokens,
        JwtDecoder claimsTokens,
        SignInFirst first,
        AuthorizationAnswers answers,
        ClientRefusals refusals) {
    private static final String CONSENT_PAGE = "/consent";
    private static final String DEVICE_PAGE = "/device";

    /// Where Spring Security would let people answer for a device; here they do at [DeviceController].
    private static final String UNUSED = "/oauth2/device_verification";

    private static final String[] PATHS = {
        "/oauth2/**", AccessTokens.CLAIMS, "/connect/**", "/.well-known/**"
    };

    SecurityFilterChain build(HttpSecurity http) throws Exception {
        return http.securityMatcher(PATHS)
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(new PersonFilter(browsers), SecurityContextHolderFilter.class)
                .addFilterAfter(first, AuthorizationFilter.class)
                .oauth2ResourceServer(
                        it ->
                                it.jwt(tokens -> tokens.decoder(claimsTokens))
                                        .dPoP(Customizer.withDefaults()))
                .with(new OAuth2AuthorizationServerConfigurer(), this::endpoints)
                .authorizeHttpRequests(
                        it ->
                                it.requestMatchers(HttpMethod.GET, PersonFilter.AUTHORIZE)
                                        .permitAll()
                                        .requestMatchers(UNUSED)
                                        .denyAll()
                                        .anyRequest()
                                        .authenticated())
                .build();
    }

    private void endpoints(OAuth2AuthorizationServerConfigurer server) {
        server.addObjectPostProcessor(new NoSession());
        server.clientAuthentication(
                it ->
                        it.authenticationConverter(publicClients)
                                .authenticationProvider(publicClients)
                                .authenticationSuccessHandler(refusals)
                                .authenticationProviders(this::assertions));
        server.authorizationEndpoint(
                it ->
                        it.consentPage(CONSENT_PAGE)
                                .authorizationResponseHandler(answers)
                                .errorResponseHandler(answers)
                                .authenticationProviders(ProviderChain::rules));
        server.pushedAuthorizationRequestEndpoint(
                it ->
                        it.pushedAuthorizationRequestConverter(pushed)
                                .authenticationProviders(ProviderChain::rules));
        server.tokenEndpoint(it -> it.errorResponseHandler(refusals));
        server.deviceAuthorizationEndpoint(it -> it.verificationUri(DEVICE_PAGE));
        server.tokenIntrospectionEndpoint(it -> it.authenticationProvider(ownTokens));
        server.authorizationServerMetadataEndpoint(
                it ->
                        it.authorizationServerMetadataCustomizer(
                                about -> about.claims(Metadata::complete)));
        server.oidc(
                it ->
                        it.providerConfigurationEndpoint(
                                        metadata ->
                                                metadata.providerConfigurationCustomizer(
                                                        about -> about.claims(Metadata::complete)))
                                .logoutEndpoint(out -> out.logoutResponseHandler(this::signOut)));
    }

    private void assertions(List<AuthenticationProvider> providers) {
        for (var one : providers) {
            if (one instanceof JwtClientAssertionAuthenticationProvider clients) {
                clients.setJwtDecoderFactory(assertions);
            }
        }
    }

    private static void rules(List<AuthenticationProvider> providers) {
        for (var one : providers) {
            if (one instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
                requests.setAuthenticationValidator(new AuthorizationRules());
                requests.setAuthorizationConsentRequired(ProviderChain::isConsentNeeded);
            }
            if (one instanceof OAuth2PushedAuthorizationRequestAuthenticationProvider pushed) {
                pushed.setAuthenticationValidator(new AuthorizationRules());
            }
        }
    }

    /// A person is asked once for what a client wants, and again if the client wants more, or wants them to be asked.
    private static boolean isConsentNeeded(
            OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        var consent = context.getAuthorizationConsent();
        var asked = context.getAuthorizationRequest();
        if (consent == null || asked == null) return true;
        var prompt = asked.getAdditionalParameters().get("prompt");
        return !consent.getScopes().containsAll(asked.getScopes())
                || Set.copyOf(Arrays.asList(String.valueOf(prompt).split(" "))).contains("consent");
    }

    private void signOut(
            HttpServletRequest request, HttpServletResponse response, Authentication answer) {
        var asked = (OidcLogoutAuthenticationToken) answer;
        browsers.end(request, response);
        var farewell = asked.getPostLogoutRedirectUri();
        var address = farewell == null || farewell.isEmpty() ? "/sign-in" : farewell;
        if (farewell != null && asked.getState() != null) {
            address +=
                    (address.contains("?") ? "&" : "?")
                            + "state="
                            + URLEncoder.encode(asked.getState(), StandardCharsets.UTF_8);
        }
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", address);
    }

    /// Spring Security would begin a session of its own; the person's is enough.
    private static final class NoSession
            implements ObjectPostProcessor<OAuth2AuthorizationEndpointFilter> {
        @Override
        public <O extends OAuth2AuthorizationEndpointFilter> O postProcess(O filter) {
            filter.setSessionAuthenticationStrategy((person, request, response) -> {});
            return filter;
        }
    }
}
