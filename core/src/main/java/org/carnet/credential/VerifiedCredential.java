// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// A credential that its issuer signed, that is valid now and not revoked; only [CredentialVerifier] makes one.
public final class VerifiedCredential implements CredentialVerdict {
    private final Credential credential;

    VerifiedCredential(Credential credential) {
        this.credential = credential;
    }

    /// The credential as it was signed, without its proofs.
    public Credential credential() {
        return credential;
    }
}
