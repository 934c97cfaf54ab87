// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.Role;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

/// Who may have this node sign and revoke in its own name: its operators and administrators.
final class Issuers {
    private Issuers() {}

    static Caller require(HttpServletRequest request) {
        var caller = Caller.of(request);
        if (caller.roles().contains(Role.OPERATOR) || caller.roles().contains(Role.ADMINISTRATOR))
            return caller;
        throw new Problem(ProblemType.FORBIDDEN, "Only an operator has this node issue or revoke.");
    }
}
