// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

import java.util.Locale;

/// What can be wrong with what a device shows of itself.
public enum AttestationFlaw {
    /// No chain of X.509 certificates, or too many.
    MALFORMED_CHAIN,
    /// The chain does not lead to an authority that the operator chose, or is not linked as it has to be.
    UNTRUSTED_CHAIN,
    /// A certificate of the chain is past its end.
    EXPIRED_CERTIFICATE,
    /// A certificate of the chain is not good yet.
    CERTIFICATE_NOT_YET_VALID,
    /// The first certificate is an authority's, or not for signatures (IEEE 802.1AR clause 8).
    NOT_A_DEVICE,
    /// The subject of the device's certificate has no serial number (IEEE 802.1AR clause 8.6).
    NO_SERIAL_NUMBER,
    /// The device's key is neither Ed25519 nor P-256.
    UNSUPPORTED_KEY,
    /// The maker's credential does not hold.
    CREDENTIAL_REFUSED,
    /// A token is not the JWT or the CWT that it has to be.
    MALFORMED_TOKEN,
    /// A token's algorithm is neither ES256 nor Ed25519.
    UNSUPPORTED_ALGORITHM,
    /// The attestation is not signed by the key that the maker vouches for.
    WRONG_SIGNER,
    /// A token was made for another occasion.
    WRONG_NONCE,
    /// The token says that it was made at another time.
    STALE,
    /// The device does not show that it holds the key that it wants to be known by.
    NO_POSSESSION,
    /// The key that the device wants to be known by did not sign.
    WRONG_POSSESSION,
    /// Its debugging facilities are open, or it does not say that they are closed.
    DEBUG_ENABLED,
    /// It did not start with software that its maker approved, or does not say so.
    INSECURE_BOOT;

    /// The name on the wire, such as `wrong-nonce`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
