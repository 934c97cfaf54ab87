// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What people are called by clients: by each sector of clients differently, and always the same by one (OpenID Connect
/// Core section 8.1).
///
/// ```text
/// sub = base64url(HMAC-SHA-256(key, "sub" 0x00 sector 0x00 account))
/// ```
/// The key is the 32 bytes of `keys/subjects.key`, which nobody else has: so no client can compute what a person is
/// called by another, nor try out whose account it is.
final class PairwiseSubjects {
    private static final int LENGTH = 32;

    private final SecretKeySpec key;

    private PairwiseSubjects(Bytes secret) {
        this.key = new SecretKeySpec(secret.toArray(), "HmacSHA256");
    }

    /// Reads the key, or makes it at the first start.
    static PairwiseSubjects open(Path keys, SecureRandom random) throws IOException {
        var file = keys.resolve("subjects.key");
        if (Files.notExists(file)) {
            var secret = new byte[LENGTH];
            random.nextBytes(secret);
            WholeFile.createSecretDirectory(keys);
            WholeFile.writeSecret(file, Bytes.unsafe(secret).toBase64Url() + "\n");
        }
        return new PairwiseSubjects(Bytes.base64Url(Files.readString(file).strip()));
    }

    String of(String sector, String account) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var text = "sub\0" + sector + "\0" + account;
            return Bytes.unsafe(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).toBase64Url();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }
}
