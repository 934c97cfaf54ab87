// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;

import java.util.List;
import java.util.Optional;

/// What a device shows: who vouches for it, what it says of itself, and that it holds its key.
///
/// @param attestation an Entity Attestation Token by the key that the maker vouches for
/// @param possession a token by the key that the device wants to be known by, if that is another one
public record Evidence(Endorsed endorsement, Bytes attestation, Optional<Bytes> possession) {

    /// The ways in which a maker vouches for a device.
    public sealed interface Endorsed {}

    /// Certificates in DER, the device's first.
    public record Chain(List<Bytes> certificates) implements Endorsed {
        public Chain {
            certificates = List.copyOf(certificates);
        }
    }

    /// An SD-JWT of the maker.
    public record Credential(String text) implements Endorsed {}

    /// What a device makes: an attestation of these claims as a JWT, and with them the possession of another key.
    public static Evidence asJwt(
            Endorsed endorsement, Eat claims, SigningKey device, SigningKey own) {
        return of(EatToken.Form.JWT, endorsement, claims, device, own);
    }

    /// The same as CWTs, for constrained devices.
    public static Evidence asCwt(
            Endorsed endorsement, Eat claims, SigningKey device, SigningKey own) {
        return of(EatToken.Form.CWT, endorsement, claims, device, own);
    }

    private static Evidence of(
            EatToken.Form form,
            Endorsed endorsement,
            Eat claims,
            SigningKey device,
            SigningKey own) {
        var possession =
                own.did().equals(device.did())
                        ? Optional.<Bytes>empty()
                        : Optional.of(EatToken.sign(form, Eat.ofNonce(claims.nonce()), own));
        return new Evidence(endorsement, EatToken.sign(form, claims, device), possession);
    }
}
