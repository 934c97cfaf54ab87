// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import java.math.BigInteger;
import java.time.Duration;

/// How careful to be with a chain.
///
/// @param confirmations how many blocks deep an anchor must lie to count, its own included
/// @param most what a unit of gas may cost at most, in wei
/// @param patience how long to wait for a block before offering more
record Terms(int confirmations, BigInteger most, Duration patience) {
    Terms {
        if (confirmations < 1)
            throw new IllegalArgumentException("an anchor lies in a block at least");
    }

    static Terms of(int confirmations, int mostGwei) {
        return new Terms(confirmations, Payer.gwei(mostGwei), Duration.ofMinutes(5));
    }
}
