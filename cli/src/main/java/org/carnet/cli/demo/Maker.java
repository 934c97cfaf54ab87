// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;

/// A maker of watches: it gives each one a key of its own and a certificate that says so (IDevID, IEEE 802.1AR).
public final class Maker {
    private static final X500Name NAME = new X500Name("CN=Watchmaker");
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final int KEY_BYTES = 32;

    private final SecureRandom random;
    private final Instant now;
    private final KeyPair authority;

    /// A watch as it leaves the factory.
    ///
    /// @param certificate in DER
    public record Device(SigningKey key, Bytes certificate) {}

    public Maker(SecureRandom random, Instant now) {
        this.random = random;
        this.now = now;
        this.authority = pair();
    }

    /// Writes the certificate of the maker's authority, for whoever believes what this maker says.
    public Path writeAuthority(Path file) throws IOException {
        var authorityKey = new KeyUsage(KeyUsage.keyCertSign);
        var itself = certificate(NAME, authority.getPublic(), true, authorityKey);
        return Files.writeString(file, pem(itself));
    }

    public Device device(String serialNumber) {
        var own = pair();
        var name = new X500Name("SERIALNUMBER=" + serialNumber + ",O=Watchmaker");
        var signs = new KeyUsage(KeyUsage.digitalSignature);
        return new Device(key(own), certificate(name, own.getPublic(), false, signs));
    }

    /// A certificate as text.
    public static String pem(Bytes certificate) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN CERTIFICATE-----\n"
                + lines.encodeToString(certificate.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static SigningKey key(KeyPair pair) {
        var scalar = ((ECPrivateKey) pair.getPrivate()).getS();
        // One byte more, and none that says a sign.
        var padded = scalar.setBit(KEY_BYTES * Byte.SIZE).toByteArray();
        return SigningKey.of(
                Algorithm.P256,
                Bytes.unsafe(Arrays.copyOfRange(padded, padded.length - KEY_BYTES, padded.length)));
    }

    private Bytes certificate(X500Name name, PublicKey key, boolean isAuthority, KeyUsage usage) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(120, random).setBit(119),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(LIFE)),
                            name,
                            key);
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(Extension.keyUsage, true, usage);
            var by = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
            X509Certificate made =
                    new JcaX509CertificateConverter().getCertificate(builder.build(by));
            return Bytes.unsafe(made.getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java can make a certificate", e);
        }
    }

    private KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }
}
