// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.hosting;

import org.carnet.Bytes;
import org.carnet.envelope.GatewayProof;
import org.carnet.identity.DidKey;
import org.carnet.node.external.DirectoryStorage;
import org.carnet.node.external.ExternalStorage;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may keep objects here, and where: below `hosted/<SHA-256 of the guest's identifier>/`, each in a place of its own.
final class Guests {
    private static final String SCHEME = "DID ";
    private static final int MOST_REMEMBERED = 100_000;

    private final Map<DidKey, ExternalStorage> places = new HashMap<>();
    private final String audience;
    private final long quota;
    private final InstantSource clock;

    /// Proofs that were used, until they are good for nothing any more.
    private final LinkedHashMap<String, Instant> used = new LinkedHashMap<>();

    /// @param audience the name of this node
    /// @param quota how many bytes each guest may keep
    Guests(Path directory, Set<DidKey> guests, String audience, long quota, InstantSource clock) {
        for (var guest : guests) {
            places.put(guest, new DirectoryStorage(directory.resolve(folder(guest))));
        }
        this.audience = audience;
        this.quota = quota;
        this.clock = clock;
    }

    private static String folder(DidKey guest) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(sha256.digest(Bytes.utf8(guest.value()).unsafeArray())).toHex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /// The place of whoever asks; empty if it does not prove, for the first time with this proof, that it is a guest.
    ///
    /// @param authorization the header's value, or null
    Optional<ExternalStorage> placeOf(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) return Optional.empty();
        var admission =
                GatewayProof.verify(
                        authorization.substring(SCHEME.length()), audience, clock.instant());
        if (!(admission instanceof GatewayProof proof)) return Optional.empty();
        var place = places.get(proof.gateway());
        return place != null && isFirstUse(proof) ? Optional.of(place) : Optional.empty();
    }

    private synchronized boolean isFirstUse(GatewayProof proof) {
        var now = clock.instant();
        used.values().removeIf(expires -> expires.isBefore(now));
        if (used.size() >= MOST_REMEMBERED) return false;
        var key = proof.gateway().value() + ' ' + proof.id();
        return used.putIfAbsent(key, proof.expires()) == null;
    }

    /// Keeps an object, unless the guest would have more than its quota then.
    ///
    /// @return whether it is kept
    synchronized boolean put(ExternalStorage place, String name, Bytes content) throws IOException {
        long others = 0;
        for (var stored : place.list()) {
            if (!stored.name().equals(name)) others += stored.bytes();
        }
        if (others + content.length() > quota) return false;
        place.put(name, content);
        return true;
    }
}
