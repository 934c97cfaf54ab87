// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and private keys as text, RFC 7468.
final class Pem {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file)) {
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(text).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) throw new IOException(file + " holds no certificate");
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificates in PEM", e);
        }
    }

    /// Reads a key of the algorithm that its certificate names.
    static PrivateKey privateKey(Path file, String algorithm) throws IOException {
        var block = KEY.matcher(Files.readString(file));
        if (!block.find()) throw new IOException(file + " holds no private key in PKCS #8 as PEM");
        try {
            var encoded = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no private key of the kind " + algorithm, e);
        }
    }

    private static String block(String label, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(content), label);
    }
}
