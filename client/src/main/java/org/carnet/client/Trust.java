// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates a client believes.
public final class Trust {
    private final SSLContext context;

    private Trust(SSLContext context) {
        this.context = context;
    }

    /// The authorities that Java trusts.
    public static Trust usual() {
        try {
            return new Trust(SSLContext.getDefault());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no usual TLS", e);
        }
    }

    /// Only the authorities of a PEM file, such as a development authority's.
    ///
    /// @throws IOException if the file cannot be read or holds no certificate
    public static Trust authority(Path pem) throws IOException {
        try (var file = Files.newInputStream(pem)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) throw new IOException(pem + " holds no certificate");
            var managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, managers.getTrustManagers(), null);
            return new Trust(context);
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " holds no readable certificate", e);
        }
    }

    /// For other clients of TLS.
    public SSLContext context() {
        return context;
    }
}
