// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.Jwk;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The keys with which this node signs tokens: one of each algorithm at a time, the others only to verify with.
///
/// Each is a file `<seconds since 1970>.<algorithm>.jwk` that nobody but the node's user can read. A key signs for
/// [#SIGNS]; after that another does, and it stays published for [#STAYS], longer than any token lives. So clients verify
/// across rotations and restarts, and a key that leaked becomes worthless without anybody's doing.
final class ProviderKeys {
    static final Duration SIGNS = Duration.ofDays(30);
    static final Duration STAYS = Duration.ofDays(2);

    private record Key(Instant since, SigningKey signing, VerificationKey verifying, String id) {}

    private final Path directory;
    private final SecureRandom random;
    private final InstantSource clock;
    private volatile List<Key> keys;

    private ProviderKeys(Path directory, List<Key> keys, SecureRandom random, InstantSource clock) {
        this.directory = directory;
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    static ProviderKeys open(Path directory, SecureRandom random, InstantSource clock)
            throws IOException {
        WholeFile.createSecretDirectory(directory);
        var found = new ArrayList<Key>();
        try (var files = Files.newDirectoryStream(directory, "*.jwk")) {
            for (var file : files) {
                var since = file.getFileName().toString().split("\\.")[0];
                found.add(
                        key(
                                Instant.ofEpochSecond(Long.parseLong(since)),
                                KeyFile.read(Files.readString(file))));
            }
        }
        var keys = new ProviderKeys(directory, sorted(found), random, clock);
        for (var algorithm : Algorithm.values()) keys.current(algorithm);
        return keys;
    }

    /// The key that signs now.
    SigningKey current(Algorithm algorithm) {
        var now = clock.instant();
        return newest(algorithm, now).orElseGet(() -> rotate(algorithm, now));
    }

    /// What a header calls the key.
    static String id(SigningKey key) {
        return Jwk.thumbprint(key.did());
    }

    /// The key of this name, if tokens that it signed may still live.
    Optional<VerificationKey> find(String id) {
        return published().stream().filter(key -> key.id.equals(id)).map(Key::verifying).findAny();
    }

    /// Everything that verifies, newest first.
    List<DidKey> all() {
        return published().stream().map(key -> key.verifying.did()).toList();
    }

    private List<Key> published() {
        var end = clock.instant().minus(SIGNS).minus(STAYS);
        return keys.stream().filter(key -> key.since.isAfter(end)).toList();
    }

    private Optional<SigningKey> newest(Algorithm algorithm, Instant now) {
        return keys.stream()
                .filter(key -> key.signing.algorithm() == algorithm)
                .filter(key -> key.since.plus(SIGNS).isAfter(now))
                .map(Key::signing)
                .findFirst();
    }

    private synchronized SigningKey rotate(Algorithm algorithm, Instant now) {
        var meanwhile = newest(algorithm, now);
        if (meanwhile.isPresent()) return meanwhile.get();
        var key = key(now, SigningKey.generate(algorithm, random));
        var all = new ArrayList<>(published());
        all.add(key);
        try {
            for (var old : keys) if (!all.contains(old)) Files.deleteIfExists(file(old));
            WholeFile.writeSecret(file(key), KeyFile.write(key.signing));
        } catch (IOException e) {
            throw new UncheckedIOException("the keys that sign tokens cannot be kept", e);
        }
        keys = sorted(all);
        return key.signing;
    }

    private Path file(Key key) {
        return directory.resolve(
                "%d.%s.jwk".formatted(key.since.getEpochSecond(), key.signing.algorithm()));
    }

    private static Key key(Instant since, SigningKey signing) {
        return new Key(since, signing, VerificationKey.of(signing.did()), id(signing));
    }

    private static List<Key> sorted(List<Key> keys) {
        return keys.stream().sorted(Comparator.comparing(Key::since).reversed()).toList();
    }
}
