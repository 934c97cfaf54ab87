// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.identity.SigningKey;
import org.carnet.node.points.PlatformIdentity;

/// As whom this node issues credentials.
///
/// @param did what stands in `issuer`
/// @param method the verification method of the key
record OwnIssuer(String did, String method, SigningKey key) {
    /// The node's own key, as a did:key.
    static OwnIssuer of(SigningKey key) {
        return new OwnIssuer(key.did().value(), key.did().keyId(), key);
    }

    /// The node as a platform.
    static OwnIssuer of(PlatformIdentity.Current platform) {
        return new OwnIssuer(platform.did(), platform.keyId(), platform.key());
    }

    /// Names the public half only.
    @Override
    public String toString() {
        return "issuer " + did;
    }
}
