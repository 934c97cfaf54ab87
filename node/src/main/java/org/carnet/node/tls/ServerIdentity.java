// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

/// A private key with the certificates that vouch for it, the server's own first.
public final class ServerIdentity {
    private static final String ALIAS = "node";

    /// Key stores of Java want one; this one never leaves memory.
    private static final char[] NO_PASSWORD = "".toCharArray();

    private final KeyStore keyStore;

    private ServerIdentity(KeyStore keyStore) {
        this.keyStore = keyStore;
    }

    static ServerIdentity of(PrivateKey key, List<X509Certificate> chain) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(ALIAS, key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            return new ServerIdentity(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the key and its certificates make no identity", e);
        }
    }

    /// The operator's; the key has to be the certificate's.
    static ServerIdentity read(Path certificates, Path key) throws IOException {
        var chain = Pem.certificates(certificates);
        var publicKey = chain.getFirst().getPublicKey();
        var privateKey = Pem.privateKey(key, publicKey.getAlgorithm());
        try {
            var algorithm =
                    switch (publicKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> publicKey.getAlgorithm();
                    };
            var signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            var proof = signature.sign();
            signature.initVerify(publicKey);
            if (signature.verify(proof)) return of(privateKey, chain);
        } catch (GeneralSecurityException e) {
            throw new IOException(key + " cannot sign for " + certificates, e);
        }
        throw new IOException(key + " is not the key of " + certificates);
    }

    /// For servers that take a whole key store; its password is empty.
    public KeyStore keyStore() {
        return keyStore;
    }

    /// For servers that take key managers.
    public KeyManagerFactory keyManagers() {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keyStore, NO_PASSWORD);
            return factory;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a key store made here has one key", e);
        }
    }

    /// The certificate itself.
    public X509Certificate certificate() {
        try {
            return (X509Certificate) keyStore.getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a key store made here is loaded", e);
        }
    }
}
