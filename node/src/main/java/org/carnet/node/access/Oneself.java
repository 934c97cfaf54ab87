// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

/// Tells which person asks about their own account, if the policies let them: programs do not, whoever they act for.
public final class Oneself {
    private final Gate gate;
    private final StepUp stepUp;

    public Oneself(Gate gate, StepUp stepUp) {
        this.gate = gate;
        this.stepUp = stepUp;
    }

    /// The account of whoever asks.
    ///
    /// @throws Problem if it is nobody who is signed in, or they may not
    public String may(String action, HttpServletRequest request) {
        var caller = Caller.of(request);
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new Problem(ProblemType.FORBIDDEN, "This is for people who are signed in.");
        }
        gate.require(caller, action, gate.resource("Account", caller.id()));
        return caller.id();
    }

    /// The account of whoever changes it in a way that could let somebody else in.
    ///
    /// @throws Problem also if their sign-in is too long ago
    public String mayChange(HttpServletRequest request) {
        var name = may("changeAccount", request);
        stepUp.require(Caller.of(request));
        return name;
    }
}
