// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.credential.IssuerKeys;
import org.carnet.identity.DidKey;
import org.carnet.identity.VerificationKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/// The makers whom the operator trusts.
final class Makers {
    private Makers() {}

    /// @throws IOException if the file cannot be read, or holds anything but certificates
    static List<X509Certificate> authorities(Path file) throws IOException {
        try (var pem = Files.newInputStream(file)) {
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) throw new IOException(file + " holds no certificate");
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificates in PEM", e);
        }
    }

    /// A maker signs with the key that is its identifier.
    static IssuerKeys keys(Set<String> issuers) {
        return (issuer, keyId) ->
                issuers.contains(issuer) ? VerificationKey.of(DidKey.parse(issuer)) : null;
    }
}
