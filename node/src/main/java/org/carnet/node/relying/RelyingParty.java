// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Has providers say who somebody is: the authorization code flow with PKCE, pushed where the provider takes that.
///
/// Only `openid` is asked for, so that nothing but a subject is told.
final class RelyingParty {
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ClientKey key;
    private final Duration lifetime;
    private final InstantSource clock;

    /// @param lifetime how long a session lasts: how old a sign-in at a provider may be to begin one
    RelyingParty(ClientKey key, Duration lifetime, InstantSource clock) {
        this.key = key;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /// Where to send the browser.
    URI ask(OpenIdProvider provider, Journey journey) throws Refused {
        var known = provider.known();
        var request = request(provider, journey);
        var pushed = known.metadata().getPushedAuthorizationRequestEndpointURI();
        if (pushed == null) {
            return new AuthenticationRequest.Builder(request)
                    .endpointURI(known.metadata().getAuthorizationEndpointURI())
                    .build()
                    .toURI();
        }
        try {
            var push =
                    provider.settings().isPublic()
                            ? new PushedAuthorizationRequest(pushed, request)
                            : new PushedAuthorizationRequest(
                                    pushed, key.prove(provider, clock.instant()), request);
            var answer =
                    PushedAuthorizationResponse.parse(push.toHTTPRequest().send(provider.calls()));
            if (!answer.indicatesSuccess()) {
                throw new Refused(
                        Refusal.UNREACHABLE,
                        "the provider takes no request of this node: "
                                + answer.toErrorResponse().getErrorObject().getCode());
            }
            var reference = answer.toSuccessResponse().getRequestURI();
            return new AuthorizationRequest.Builder(reference, provider.client())
                    .endpointURI(known.metadata().getAuthorizationEndpointURI())
                    .build()
                    .toURI();
        } catch (IOException | ParseException e) {
            throw new Refused(Refusal.UNREACHABLE, e);
        }
    }

    private AuthenticationRequest request(OpenIdProvider provider, Journey journey) {
        var request =
                new AuthenticationRequest.Builder(
                                ResponseType.CODE,
                                new Scope("openid"),
                                provider.client(),
                                journey.callback())
                        .state(new State(journey.state()))
                        .nonce(new Nonce(journey.nonce()))
                        .codeChallenge(
                                new CodeVerifier(journey.verifier()), CodeChallengeMethod.S256);
        if (provider.settings().stepUp()) {
            // What is asked for an age has to say one.
            request.maxAge(journey.again() ? 0 : Math.toIntExact(lifetime.toSeconds()));
            if (journey.again()) request.prompt(Prompt.Type.LOGIN);
            provider.settings().acr().ifPresent(acr -> request.acrValues(List.of(new ACR(acr))));
        }
        return request.build();
    }

    /// Who came back, with what the provider's answer holds.
    ///
    /// @param answer the parameters of the request with which the browser came back
    Assertion hear(OpenIdProvider provider, Journey journey, Map<String, List<String>> answer)
            throws Refused {
        var known = provider.known();
        var code = code(known, provider, journey, answer);
        var grant =
                new AuthorizationCodeGrant(
                        code, journey.callback(), new CodeVerifier(journey.verifier()));
        var text = redeem(provider, known.metadata().getTokenEndpointURI(), grant);
        var token = ProviderToken.verify(text, known);
        try {
            new IDTokenClaimsVerifier(
                            new Issuer(provider.issuer()),
                            provider.client(),
                            new Nonce(journey.nonce()),
                            Math.toIntExact(SKEW.toSeconds()))
                    .verify(token.claims(), null);
        } catch (BadJWTException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
        requireForThisNodeAlone(token, provider);
        var assertion = Assertion.of(token, provider.settings(), clock.instant());
        if (journey.again()) requireFresh(assertion, journey);
        return assertion;
    }

    private static AuthorizationCode code(
            OpenIdProvider.Known known,
            OpenIdProvider provider,
            Journey journey,
            Map<String, List<String>> answer)
            throws Refused {
        if (answer.values().stream().anyMatch(values -> values.size() != 1)) {
            throw new Refused(Refusal.OTHER_PROVIDER, "the answer says something twice");
        }
        try {
            var response = AuthorizationResponse.parse(journey.callback(), answer);
            // RFC 9207 section 2.4: a code for one provider must not be brought to another.
            var issuer = response.getIssuer();
            boolean isSilent = !known.metadata().supportsAuthorizationResponseIssuerParam();
            if (issuer == null ? !isSilent : !issuer.getValue().equals(provider.issuer())) {
                throw new Refused(Refusal.OTHER_PROVIDER, "the answer is of another issuer");
            }
            if (response instanceof AuthorizationErrorResponse declined) {
                throw new Refused(Refusal.DECLINED, declined.getErrorObject().getCode());
            }
            var code = response.toSuccessResponse().getAuthorizationCode();
            if (code == null) throw new Refused(Refusal.NOT_PROVEN, "the answer has no code");
            return code;
        } catch (ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    /// The identity token for the code.
    private String redeem(OpenIdProvider provider, URI endpoint, AuthorizationCodeGrant grant)
            throws Refused {
        var request =
                provider.settings().isPublic()
                        ? new TokenRequest.Builder(endpoint, provider.client(), grant)
                        : new TokenRequest.Builder(
                                endpoint, key.prove(provider, clock.instant()), grant);
        try {
            var answer =
                    OIDCTokenResponseParser.parse(
                            request.build().toHTTPRequest().send(provider.calls()));
            if (!answer.indicatesSuccess()) {
                throw new Refused(
                        Refusal.NOT_PROVEN,
                        "the provider gives no token: "
                                + answer.toErrorResponse().getErrorObject().getCode());
            }
            var tokens = answer.toSuccessResponse().getTokens().toOIDCTokens();
            if (tokens == null || tokens.getIDTokenString() == null) {
                throw new Refused(Refusal.NOT_PROVEN, "the provider gives no identity token");
            }
            return tokens.getIDTokenString();
        } catch (IOException e) {
            throw new Refused(Refusal.UNREACHABLE, e);
        } catch (ParseException e) {
            throw new Refused(Refusal.NOT_PROVEN, e);
        }
    }

    /// The library lets pass what is for others as well; none of them is trusted here.
    private static void requireForThisNodeAlone(ProviderToken token, OpenIdProvider provider)
            throws Refused {
        var client = provider.settings().client();
        var party = token.claims().getClaim("azp");
        if (!token.claims().getAudience().equals(List.of(client))
                || (party != null && !party.equals(client))) {
            throw new Refused(Refusal.NOT_PROVEN, "the identity token is for somebody else");
        }
    }

    private static void requireFresh(Assertion assertion, Journey journey) throws Refused {
        boolean isFresh = !assertion.since().isBefore(journey.begun().minus(SKEW));
        if (assertion.factors().isEmpty() || !isFresh) {
            throw new Refused(Refusal.NOT_FRESH, "nobody proved anew who they are");
        }
    }
}
