// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.envelope.GatewayProof;
import org.carnet.envelope.Refused;
import org.carnet.identity.DidKey;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells who hands updates in: a gateway proves itself with a [GatewayProof]; without one, the sender is direct.
final class Senders {
    private static final String SCHEME = "DID ";

    /// Longer than any proof lives, so a proof that is forgotten here has expired.
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private static final int MOST_REMEMBERED = 100_000;

    private final Things things;
    private final String audience;
    private final InstantSource clock;
    private final LinkedHashMap<String, Instant> seen = new LinkedHashMap<>();

    Senders(Things things, String audience, InstantSource clock) {
        this.things = things;
        this.audience = audience;
        this.clock = clock;
    }

    /// @param authorization the header's value, or null
    /// @return the sender; empty if it claims to be a gateway and does not prove it
    Optional<Sender> fromHeader(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME))
            return Optional.of(Sender.DIRECT);
        return fromProof(authorization.substring(SCHEME.length()));
    }

    Optional<Sender> fromProof(String proof) {
        return switch (GatewayProof.verify(proof, audience, clock.instant())) {
            case Refused ignored -> Optional.empty();
            case GatewayProof proven ->
                    things.isGateway(proven.gateway()) && firstUse(proven.gateway(), proven.id())
                            ? Optional.of(Sender.gateway(proven.gateway()))
                            : Optional.empty();
        };
    }

    /// Forgets proofs of gateways that no thing names any more.
    synchronized void forget() {
        var known = seen.keySet().stream().map(use -> use.substring(0, use.indexOf(' ')));
        var gone =
                known.distinct()
                        .filter(gateway -> !things.isGateway(DidKey.parse(gateway)))
                        .collect(Collectors.toSet());
        seen.keySet().removeIf(use -> gone.contains(use.substring(0, use.indexOf(' '))));
    }

    private synchronized boolean firstUse(DidKey gateway, String id) {
        var now = clock.instant();
        seen.entrySet().removeIf(entry -> entry.getValue().isBefore(now.minus(MEMORY)));
        if (seen.size() >= MOST_REMEMBERED) return false;
        return seen.putIfAbsent(gateway.value() + ' ' + id, now) == null;
    }
}
