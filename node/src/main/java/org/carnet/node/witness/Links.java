// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.client.Trust;
import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The ways to other platforms: plain HTTP clients, one for each authority that is trusted.
final class Links implements Function<URI, Link> {
    /// A platform that takes longer does not answer.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<URI, Optional<Path>> authorities = new HashMap<>();
    private final Optional<Path> usual;
    private final Map<Optional<Path>, HttpClient> clients = new ConcurrentHashMap<>();

    Links(Settings settings) {
        usual = settings.witness().authority();
        settings.peers()
                .values()
                .forEach(
                        peer ->
                                authorities.put(
                                        base(peer.url()), peer.authority().or(() -> usual)));
    }

    /// The address without a slash at its end.
    static URI base(URI url) {
        return URI.create(url.toString().replaceFirst("/$", ""));
    }

    /// @throws UncheckedIOException if the authority's certificates cannot be read
    @Override
    public Link apply(URI url) {
        var authority = authorities.getOrDefault(url, usual);
        return new HttpLink(url, clients.computeIfAbsent(authority, Links::client), PATIENCE);
    }

    private static HttpClient client(Optional<Path> authority) {
        try {
            var trust = authority.isPresent() ? Trust.authority(authority.get()) : Trust.usual();
            return HttpClient.newBuilder()
                    .sslContext(trust.context())
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("whom to trust cannot be read", e);
        }
    }
}
