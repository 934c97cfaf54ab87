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

/// The secret that the operator gets at a node's first start and nobody can get again: only its hash is kept.
///
/// It has 256 bits, so a plain SHA-256 of it cannot be searched. Deleting the file makes the next start
/// issue another one.
public final class BootstrapToken {
    private static final int LENGTH = 32;

    private final byte[] hash;
    private final Optional<String> fresh;

    private BootstrapToken(byte[] hash, Optional<String> fresh) {
        this.hash = hash;
        this.fresh = fresh;
    }

    /// Reads the hash, or makes a token at the first start.
    public static BootstrapToken open(Path keys) throws IOException {
        var file = keys.resolve("token.sha256");
        if (Files.exists(file)) {
            return new BootstrapToken(
                    Bytes.hex(Files.readString(file).strip()).toArray(), Optional.empty());
        }
        var random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        var token = Bytes.unsafe(random).toBase64Url();
        var hash = sha256(token);
        WholeFile.createSecretDirectory(keys);
        WholeFile.writeSecret(file, Bytes.unsafe(hash).toHex() + "\n");
        return new BootstrapToken(hash, Optional.of(token));
    }

    /// The token itself, if this start has made it: to be shown to the operator once.
    public Optional<String> fresh() {
        return fresh;
    }

    /// Takes the same time for every guess.
    boolean matches(String presented) {
        return MessageDigest.isEqual(hash, sha256(presented));
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
