// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// One sign-in at a provider, from when a browser is sent there until it comes back.
///
/// @param provider its key in the settings
/// @param callback where the browser comes back to; another for each provider
/// @param state what the provider gives back, so that nobody can have a browser finish what another began
/// @param nonce what the identity token has to hold
/// @param verifier proves to the provider that who redeems the code is who asked for it (RFC 7636)
/// @param then where on this node the person wanted to go
/// @param again whether the person has to prove anew who they are
/// @param account to which the identity is to be linked; empty to enter with it
record Journey(
        String provider,
        URI callback,
        String state,
        String nonce,
        String verifier,
        String then,
        boolean again,
        Optional<String> account,
        Instant begun) {

    /// Names no secret.
    @Override
    public String toString() {
        return "Journey[" + provider + "]";
    }
}
