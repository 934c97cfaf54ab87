// SPDX-License-Identifier: Apache-2.0
package org.carnet.identity;

/// The two kinds of signature that Carnet speaks; both have secrets of 32 bytes and signatures of 64.
public enum Algorithm {
    /// Ed25519 (RFC 8032).
    ED25519,
    /// ECDSA on P-256 with SHA-256 (FIPS 186-5); a signature is r and s, 32 bytes each.
    P256
}
