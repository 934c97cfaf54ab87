// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import java.time.Instant;
import java.util.Optional;

/// The newest version of each DID that was ever met, so that no other past can be shown of it later.
interface MetPlatforms {
    /// The version's id, if the DID was met before.
    Optional<String> newest(String did);

    void remember(String did, String version, Instant now);
}
