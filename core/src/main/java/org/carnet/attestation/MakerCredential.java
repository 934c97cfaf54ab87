// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.credential.IssuerKeys;
import org.carnet.credential.SdJwtRefused;
import org.carnet.credential.SdJwtVerifier;
import org.carnet.credential.VerifiedSdJwt;
import org.carnet.identity.Jwk;

import java.time.Instant;

/// Checks the credential by which a maker vouches for a device that has no certificate: an SD-JWT (RFC 9901) that names the
/// device's key (`cnf`) and its serial number (`serial`), by a maker whom the operator chose.
public final class MakerCredential {
    /// The `vct` of such a credential.
    public static final String TYPE = "urn:carnet:device";

    private final SdJwtVerifier verifier;

    /// @param makers the keys of those whom the operator trusts
    public MakerCredential(IssuerKeys makers) {
        this.verifier = new SdJwtVerifier(TYPE, makers);
    }

    public Endorsement verify(String credential, Instant now) {
        return switch (verifier.verify(credential, now)) {
            case SdJwtRefused refused ->
                    new AttestationRefused(AttestationFlaw.CREDENTIAL_REFUSED, refused.why());
            case VerifiedSdJwt verified -> device(verified);
        };
    }

    private static Endorsement device(VerifiedSdJwt verified) {
        var serial = verified.text("serial");
        if (serial == null || serial.isEmpty())
            return new AttestationRefused(
                    AttestationFlaw.NO_SERIAL_NUMBER, "the credential shows no \"serial\"");
        try {
            var key = Jwk.parse(verified.claims().path("cnf").path("jwk"));
            return new DeviceIdentity(verified.issuer(), serial, key);
        } catch (IllegalArgumentException e) {
            return new AttestationRefused(
                    AttestationFlaw.UNSUPPORTED_KEY, "cnf: " + e.getMessage());
        }
    }
}
