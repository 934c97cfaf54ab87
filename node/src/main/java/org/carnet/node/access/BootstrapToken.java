// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/// The secret that the operator gets at a node's first start and nobody can get again: only its hash is kept.
///
/// It enrols the first administrator and is void from then on. It has 256 bits, so a plain SHA-256 of it cannot be
/// searched. Whoever may delete the file makes the next start issue another one.
public final class BootstrapToken {
    private static final int LENGTH = 32;
    private static final String SPENT = "spent";

    private final Path file;
    private final Optional<String> fresh;
    private volatile byte[] hash;

    private BootstrapToken(Path file, byte[] hash, Optional<String> fresh) {
        this.file = file;
        this.hash = hash;
        this.fresh = fresh;
    }

    /// Reads the hash, or makes a token at the first start.
    public static BootstrapToken open(Path keys) throws IOException {
        var file = keys.resolve("token.sha256");
        if (Files.exists(file)) {
            var kept = Files.readString(file).strip();
            var hash = kept.equals(SPENT) ? new byte[0] : Bytes.hex(kept).toArray();
            return new BootstrapToken(file, hash, Optional.empty());
        }
        var random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        var token = Bytes.unsafe(random).toBase64Url();
        var hash = sha256(token);
        WholeFile.createSecretDirectory(keys);
        WholeFile.writeSecret(file, Bytes.unsafe(hash).toHex() + "\n");
        return new BootstrapToken(file, hash, Optional.of(token));
    }

    /// The token itself, if this start has made it: to be shown to the operator once.
    public Optional<String> fresh() {
        return fresh;
    }

    /// Takes the same time for every guess. Nothing matches once it is spent.
    public boolean matches(String presented) {
        return MessageDigest.isEqual(hash, sha256(presented));
    }

    /// Does what the token is good for, once: when the act has led to something, the token is void for ever.
    ///
    /// @return what the act led to; empty if it led to nothing, or the token is not this one or spent
    public synchronized <T> Optional<T> spend(String presented, Supplier<Optional<T>> act)
            throws IOException {
        if (!matches(presented)) return Optional.empty();
        var done = act.get();
        if (done.isPresent()) {
            hash = new byte[0];
            WholeFile.writeSecret(file, SPENT + "\n");
        }
        return done;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
