// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.identity.SigningKey;

/// R5: who this node is to other platforms.
@FunctionalInterface
public interface PlatformIdentity {
    /// The DID never changes; the key does when it is rotated.
    Current current();

    /// @param keyId the name of the key in the DID document
    record Current(String did, String keyId, SigningKey key) {
        /// Names the public half only.
        @Override
        public String toString() {
            return keyId;
        }
    }
}
