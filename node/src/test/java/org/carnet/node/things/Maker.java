// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;

import javax.security.auth.x500.X500Principal;

/// A maker of devices for a test: an authority, one below it that signs, and the certificates that it puts into devices.
final class Maker {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration YEAR = Duration.ofDays(365);

    private final KeyPair root = pair();
    private final KeyPair factory = pair();
    private final X509Certificate authority;
    private final X509Certificate intermediate;
    private final String name;
    private final Instant now;

    /// A device as it leaves the factory.
    record Device(SigningKey key, List<Bytes> chain) {}

    Maker(String name, Instant now) {
        this.name = name;
        this.now = now;
        this.authority =
                certificate("CN=" + name, root, "CN=" + name, root.getPublic(), true, now, YEAR);
        this.intermediate =
                certificate(
                        "CN=" + name,
                        root,
                        "CN=" + name + " factory",
                        factory.getPublic(),
                        true,
                        now,
                        YEAR);
    }

    /// The authority's certificate, for whoever trusts it.
    String pem() {
        try {
            var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN CERTIFICATE-----\n"
                    + lines.encodeToString(authority.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    X509Certificate authority() {
        return authority;
    }

    Device device(String serialNumber) {
        return device("serialNumber=" + serialNumber + ",O=" + name, false, now, YEAR);
    }

    Device device(String subject, boolean isAuthority, Instant from, Duration life) {
        var own = pair();
        var certificate =
                certificate(
                        "CN=" + name + " factory",
                        factory,
                        subject,
                        own.getPublic(),
                        isAuthority,
                        from,
                        life);
        var chain = new ArrayList<Bytes>();
        chain.add(der(certificate));
        chain.add(der(intermediate));
        return new Device(key(own), chain);
    }

    /// A certificate for the same device with another key.
    Device again(Device device, String serialNumber) {
        var other = device(serialNumber);
        return new Device(other.key(), List.of(other.chain().getFirst(), device.chain().getLast()));
    }

    private static SigningKey key(KeyPair pair) {
        var scalar = ((ECPrivateKey) pair.getPrivate()).getS().toByteArray();
        var secret = new byte[32];
        int from = Math.max(0, scalar.length - 32);
        int length = scalar.length - from;
        System.arraycopy(scalar, from, secret, 32 - length, length);
        return SigningKey.of(Algorithm.P256, Bytes.unsafe(secret));
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.unsafe(certificate.getEncoded());
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(
            String issuer,
            KeyPair signer,
            String subject,
            PublicKey key,
            boolean isAuthority,
            Instant from,
            Duration life) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Principal(issuer),
                            new BigInteger(120, RANDOM).setBit(119),
                            Date.from(from.minusSeconds(60)),
                            Date.from(from.plus(life)),
                            new X500Principal(subject, java.util.Map.of("SERIALNUMBER", "2.5.4.5")),
                            key);
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            int usage = isAuthority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            var by = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(by));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
