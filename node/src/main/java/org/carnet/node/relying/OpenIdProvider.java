// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;

import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/// A provider that the operator chose, and what it says of itself (OpenID Connect Discovery section 4).
final class OpenIdProvider {
    /// Those with a public key: with a shared secret, whoever checks a signature could have made it.
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.EdDSA,
                    JWSAlgorithm.Ed25519,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.RS256);

    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Settings.Provider settings;
    private final ProviderCalls calls;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    /// What is known of the provider since it was last asked.
    ///
    /// @param keys asked for by themselves when one is missing, and then at most twice a minute
    /// @param algorithms of its identity tokens that are believed
    record Known(
            OIDCProviderMetadata metadata,
            JWKSource<SecurityContext> keys,
            Set<JWSAlgorithm> algorithms,
            Instant since) {}

    OpenIdProvider(Settings.Provider settings, ProviderCalls calls, InstantSource clock) {
        this.settings = settings;
        this.calls = calls;
        this.clock = clock;
    }

    Settings.Provider settings() {
        return settings;
    }

    ProviderCalls calls() {
        return calls;
    }

    String issuer() {
        return settings.issuer().toString();
    }

    ClientID client() {
        return new ClientID(settings.client());
    }

    /// @throws Refused if it cannot be reached, or is not what its address says
    Known known() throws Refused {
        var now = clock.instant();
        var held = known;
        if (held != null && held.since().plus(REMEMBERED).isAfter(now)) return held;
        try {
            var fresh = discover(now);
            known = fresh;
            return fresh;
        } catch (IOException | ParseException e) {
            throw new Refused(Refusal.UNREACHABLE, e);
        }
    }

    private Known discover(Instant now) throws IOException, ParseException, Refused {
        var address = issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration";
        var metadata = OIDCProviderMetadata.parse(calls.get(URI.create(address)));
        if (!metadata.getIssuer().getValue().equals(issuer())) {
            throw new Refused(Refusal.UNREACHABLE, "it says that it is another issuer");
        }
        if (metadata.getJWKSetURI() == null
                || metadata.getTokenEndpointURI() == null
                || metadata.getAuthorizationEndpointURI() == null) {
            throw new Refused(Refusal.UNREACHABLE, "it names no keys, or no endpoints");
        }
        var keys =
                JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL(), calls)
                        .refreshAheadCache(false)
                        .build();
        return new Known(metadata, keys, algorithms(metadata), now);
    }

    private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
        var algorithms = new HashSet<>(ALGORITHMS);
        var said = metadata.getIDTokenJWSAlgs();
        if (said != null) algorithms.retainAll(said);
        return algorithms;
    }
}
