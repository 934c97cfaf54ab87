// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Asks people to prove anew who they are before a dangerous act: somebody else may sit at their browser by now.
public final class StepUp {
    private static final List<String> WAYS = List.of("passkey", "password");

    private final Duration within;
    private final InstantSource clock;

    /// @param within how long a proof is fresh
    public StepUp(Duration within, InstantSource clock) {
        this.within = within;
        this.clock = clock;
    }

    /// @throws Problem if a person has not proved lately who they are, in a way that counts here; programs prove it with
    ///     every request
    public void require(Caller caller) {
        if (caller.kind() != Caller.Kind.PERSON) return;
        if (!caller.factors().isEmpty() && caller.since().plus(within).isAfter(clock.instant()))
            return;
        throw needed(within);
    }

    /// The answer to whoever has to prove anew who they are.
    ///
    /// @param within how long the new proof is fresh
    public static Problem needed(Duration within) {
        return new Problem(
                ProblemType.STEP_UP_REQUIRED,
                "Sign in again, then repeat this: your last sign-in was too long ago for it.",
                Map.of("factors", WAYS, "maxAge", within.toSeconds()));
    }
}
