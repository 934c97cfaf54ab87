// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/// Checks the certificate that a maker put into a device: an IDevID of IEEE 802.1AR, with the chain that leads to an
/// authority of the operator's choice.
///
/// Revocation is not asked for: a maker's lists need not be reachable, and a device that its owner has lost is
/// suspended where it is claimed. Safe for use by many threads.
public final class DeviceChain {
    private static final int LONGEST = 8;
    private static final String SERIAL_NUMBER = "2.5.4.5";

    // A SubjectPublicKeyInfo has one encoding, so what stands before the key says what kind it is.
    private static final Bytes ED25519 = Bytes.hex("302a300506032b6570032100");
    private static final Bytes P256 =
            Bytes.hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private final Set<TrustAnchor> anchors;

    /// @param anchors the certificates of makers' authorities
    public DeviceChain(Collection<X509Certificate> anchors) {
        this.anchors =
                anchors.stream()
                        .map(anchor -> new TrustAnchor(anchor, null))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// @param chain certificates in DER, the device's first; the authority's own may stand at the end
    public Endorsement verify(List<Bytes> chain, Instant now) {
        try {
            var certificates = certificates(chain);
            var maker = maker(certificates, now);
            var device = certificates.getFirst();
            requireDevice(device);
            return new DeviceIdentity(maker, serialNumber(device), key(device.getPublicKey()));
        } catch (AttestationFlawed e) {
            return e.refused();
        }
    }

    private static List<X509Certificate> certificates(List<Bytes> chain) throws AttestationFlawed {
        if (chain.isEmpty() || chain.size() > LONGEST)
            throw new AttestationFlawed(
                    AttestationFlaw.MALFORMED_CHAIN, "a chain has 1 to 8 certificates");
        var certificates = new ArrayList<X509Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var der : chain) {
                var in = new ByteArrayInputStream(der.unsafeArray());
                certificates.add((X509Certificate) factory.generateCertificate(in));
                if (in.available() > 0) throw new CertificateException("something follows");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new AttestationFlawed(
                    AttestationFlaw.MALFORMED_CHAIN, "this is no certificate in DER");
        }
    }

    /// The name of the authority that the chain leads to.
    private String maker(List<X509Certificate> chain, Instant now) throws AttestationFlawed {
        if (anchors.isEmpty())
            throw new AttestationFlawed(
                    AttestationFlaw.UNTRUSTED_CHAIN, "this node trusts no maker's authority");
        var path = new ArrayList<>(chain);
        if (path.size() > 1 && isAnchor(path.getLast())) path.removeLast();
        try {
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            var result = CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            var anchor = ((PKIXCertPathValidatorResult) result).getTrustAnchor().getTrustedCert();
            return anchor.getSubjectX500Principal().getName(X500Principal.RFC2253);
        } catch (CertPathValidatorException e) {
            throw new AttestationFlawed(flaw(e), "certificate " + (e.getIndex() + 1) + " of it");
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java checks chains", e);
        }
    }

    private boolean isAnchor(X509Certificate certificate) {
        return anchors.stream().anyMatch(anchor -> certificate.equals(anchor.getTrustedCert()));
    }

    private static AttestationFlaw flaw(CertPathValidatorException e) {
        if (e.getReason() == CertPathValidatorException.BasicReason.EXPIRED)
            return AttestationFlaw.EXPIRED_CERTIFICATE;
        if (e.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID)
            return AttestationFlaw.CERTIFICATE_NOT_YET_VALID;
        return AttestationFlaw.UNTRUSTED_CHAIN;
    }

    private static void requireDevice(X509Certificate certificate) throws AttestationFlawed {
        var usage = certificate.getKeyUsage();
        boolean signs = usage == null || usage[0];
        if (certificate.getBasicConstraints() >= 0 || !signs)
            throw new AttestationFlawed(
                    AttestationFlaw.NOT_A_DEVICE,
                    "the first certificate is an authority's, or its key is not for signatures");
    }

    private static String serialNumber(X509Certificate certificate) throws AttestationFlawed {
        var names = Map.of(SERIAL_NUMBER, "SERIALNUMBER");
        var subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, names);
        try {
            for (var part : new LdapName(subject).getRdns()) {
                if (part.getType().equals("SERIALNUMBER") && part.getValue() instanceof String text)
                    return text;
            }
        } catch (InvalidNameException e) {
            // as if it had none
        }
        throw new AttestationFlawed(
                AttestationFlaw.NO_SERIAL_NUMBER, "the subject of the device has no serialNumber");
    }

    private static DidKey key(PublicKey key) throws AttestationFlawed {
        var encoded = Bytes.unsafe(key.getEncoded());
        try {
            if (encoded.length() == 44 && encoded.slice(0, 12).equals(ED25519))
                return DidKey.of(Algorithm.ED25519, encoded.slice(12, 44));
            if (encoded.length() == 91 && encoded.slice(0, 27).equals(P256)) {
                var point = new byte[33];
                point[0] = (byte) (2 + (encoded.at(90) & 1));
                System.arraycopy(encoded.unsafeArray(), 27, point, 1, 32);
                return DidKey.of(Algorithm.P256, Bytes.unsafe(point));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new AttestationFlawed(
                AttestationFlaw.UNSUPPORTED_KEY, "the device's key is neither Ed25519 nor P-256");
    }
}
