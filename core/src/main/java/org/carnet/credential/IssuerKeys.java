// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/// Which keys are whose: asked with what a credential says of itself, and answered from what is known otherwise.
@FunctionalInterface
public interface IssuerKeys {
    /// The key, if this issuer is trusted and has one of this name for making statements.
    ///
    /// @param issuer `iss` of the credential
    /// @param keyId `kid` of its header, if it has one
    @Nullable VerificationKey find(String issuer, @Nullable String keyId);
}
