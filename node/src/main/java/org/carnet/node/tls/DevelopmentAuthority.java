// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.tls;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.carnet.node.files.Exclusive;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

/// Vouches for the nodes of one developer to one another: `authority.pem` is what they and browsers have to trust.
///
/// Its key lies in a directory that several nodes may name, whoever starts first creates it. It is for trying
/// things out; between parties that do not trust each other, each brings a certificate of its own.
final class DevelopmentAuthority {
    private static final X500Principal NAME = new X500Principal("CN=Carnet development authority");

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

    /// What browsers accept at most.
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;

    private DevelopmentAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /// Reads the authority of a directory, or creates it.
    static DevelopmentAuthority open(Path directory, Instant now) throws IOException {
        return Exclusive.in(
                directory,
                () -> {
                    var keyFile = directory.resolve("authority.key");
                    var certificateFile = directory.resolve("authority.pem");
                    // The certificate is written last: where it is, the key is.
                    if (Files.notExists(certificateFile)) create(keyFile, certificateFile, now);
                    var certificate = Pem.certificates(certificateFile).getFirst();
                    return new DevelopmentAuthority(Pem.privateKey(keyFile, "EC"), certificate);
                });
    }

    /// A new key with a certificate for the names and addresses; it lives in memory only.
    ServerIdentity issue(Collection<String> names, Collection<String> addresses, Instant now) {
        var pair = newKey();
        var alternatives =
                Stream.concat(
                                names.stream()
                                        .map(name -> new GeneralName(GeneralName.dNSName, name)),
                                addresses.stream()
                                        .map(
                                                address ->
                                                        new GeneralName(
                                                                GeneralName.iPAddress, address)))
                        .toArray(GeneralName[]::new);
        try {
            var builder =
                    builder(
                            new X500Principal("CN=Carnet node"),
                            pair.getPublic(),
                            now,
                            SERVER_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            return ServerIdentity.of(pair.getPrivate(), List.of(signed(builder, key), certificate));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "no certificate can be made for " + names + " and " + addresses, e);
        }
    }

    private static void create(Path keyFile, Path certificateFile, Instant now) throws IOException {
        var pair = newKey();
        try {
            var builder = builder(NAME, pair.getPublic(), now, AUTHORITY_LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            WholeFile.writeSecret(keyFile, Pem.of(pair.getPrivate()));
            WholeFile.write(certificateFile, Pem.of(signed(builder, pair.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java can make a certificate", e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal subject, PublicKey key, Instant now, Duration life) {
        var serial = new BigInteger(127, RANDOM).setBit(126);
        // A peer's clock may be a little behind.
        var from = Date.from(now.minus(Duration.ofHours(1)));
        return new JcaX509v3CertificateBuilder(
                NAME, serial, from, Date.from(now.plus(life)), subject, key);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has P-256", e);
        }
    }
}
