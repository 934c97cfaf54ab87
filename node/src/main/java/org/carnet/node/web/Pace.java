// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.carnet.envelope.Reason;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.time.Instant;
import java.time.InstantSource;

/// How often strangers may have something checked, all together: each check costs this node a signature or more.
public final class Pace {
    private final int perSecond;
    private final InstantSource clock;
    private Instant second = Instant.MIN;
    private int used;

    public Pace(int perSecond, InstantSource clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /// @throws Problem if there were enough in this second
    public synchronized void next() {
        var now = clock.instant();
        if (!now.isBefore(second.plusSeconds(1)) || second.equals(Instant.MIN)) {
            second = now;
            used = 0;
        }
        if (++used > perSecond)
            throw new Problem(
                    ProblemType.of(Reason.RATE_LIMITED),
                    "This node checks " + perSecond + " proofs per second for everybody.");
    }
}
