// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import org.carnet.client.Trust;
import org.carnet.node.access.ForeignSignIn;
import org.carnet.node.access.Role;
import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The providers that the operator chose.
final class Providers implements ForeignSignIn {
    private final List<OpenIdProvider> all;

    private Providers(List<OpenIdProvider> all) {
        this.all = List.copyOf(all);
    }

    /// @throws IOException if the certificates to trust cannot be read
    static Providers of(Iterable<Settings.Provider> settings, InstantSource clock)
            throws IOException {
        var all = new ArrayList<OpenIdProvider>();
        for (var one : settings) {
            var authority = one.authority();
            var trust = authority.isPresent() ? Trust.authority(authority.get()) : Trust.usual();
            all.add(new OpenIdProvider(one, new ProviderCalls(one.issuer(), trust), clock));
        }
        all.sort(Comparator.comparing(provider -> provider.settings().key()));
        return new Providers(all);
    }

    Optional<OpenIdProvider> find(String key) {
        return all.stream().filter(one -> one.settings().key().equals(key)).findAny();
    }

    Optional<OpenIdProvider> ofIssuer(String issuer) {
        return all.stream().filter(one -> one.issuer().equals(issuer)).findAny();
    }

    /// What an account is that somebody's first entry from there opens.
    static Set<Role> roles(OpenIdProvider provider) {
        return provider.settings().roles().stream()
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    @Override
    public List<Choice> choices() {
        return all.stream()
                .map(OpenIdProvider::settings)
                .map(
                        one ->
                                new Choice(
                                        one.label(),
                                        one.key(),
                                        one.issuer().toString(),
                                        "/sign-in/at/" + one.key(),
                                        one.stepUp()))
                .toList();
    }
}
