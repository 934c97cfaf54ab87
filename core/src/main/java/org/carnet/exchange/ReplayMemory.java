// SPDX-License-Identifier: Apache-2.0
package org.carnet.exchange;

import java.time.Instant;

/// Remembers which requests were accepted for as long as they could be sent again, over restarts too.
@FunctionalInterface
public interface ReplayMemory {
    /// Whether this is the first use of the nonce by the platform; it is used from now on.
    boolean isFirst(String platform, String nonce, Instant until);
}
