// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.credential.CredentialVerdict;
import org.carnet.credential.CredentialVerifier;
import org.carnet.credential.Envelope;
import org.carnet.credential.Flaw;
import org.carnet.credential.PlatformCertification;
import org.carnet.credential.Refused;
import org.carnet.credential.VerifiedCredential;
import org.carnet.exchange.CertificationCheck;
import org.carnet.node.points.Certifications;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Believes the certifiers that the operator chose, and nobody else.
final class AcceptedCertifiers implements Certifications, CertificationCheck {
    private final CredentialVerifier verifier;
    private final Set<String> accepted;
    private final Supplier<List<String>> own;

    /// @param accepted their DIDs
    /// @param own the certifications of this node
    AcceptedCertifiers(
            CredentialVerifier verifier, Set<String> accepted, Supplier<List<String>> own) {
        this.verifier = verifier;
        this.accepted = accepted;
        this.own = own;
    }

    @Override
    public Standing standing(String platform, String shown, Instant now) {
        var verdict = verifier.verify(Envelope.ofCredential(shown), now);
        return switch (verdict) {
            case CredentialVerdict.Rejected(var reasons) -> new NotCertified(reasons);
            case VerifiedCredential verified -> standing(platform, verified);
        };
    }

    private Standing standing(String platform, VerifiedCredential verified) {
        var certifier = verified.credential().issuer();
        if (!accepted.contains(certifier))
            return refused(
                    Flaw.WRONG_ISSUER, "the certifier is none that this node's operator accepts");
        try {
            var certification = PlatformCertification.of(verified);
            if (!certification.platform().equals(platform))
                return refused(Flaw.INVALID_VALUE, "the certification is of another platform");
            return new Certifications.Certified(certifier, certification);
        } catch (IllegalArgumentException e) {
            return refused(Flaw.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    private static Standing refused(Flaw flaw, String why) {
        return new NotCertified(List.of(new Refused(flaw, why)));
    }

    @Override
    public Answer check(String platform, String certification, Instant now) {
        return switch (standing(platform, certification, now)) {
            case Certifications.Certified(var certifier, _) ->
                    new CertificationCheck.Certified(certifier);
            case NotCertified(var reasons) -> new Uncertified(reasons.getFirst().why());
        };
    }

    @Override
    public List<String> own() {
        return own.get();
    }
}
