// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.util.Optional;

/// Whether people may prove here who they are, by means that this node keeps, or only elsewhere.
///
/// @param onlyAt what the provider is called that does it instead
record LocalMeans(Optional<String> onlyAt) {
    /// @throws Problem if another provider does it
    void require() {
        if (onlyAt.isEmpty()) return;
        throw new Problem(
                ProblemType.FORBIDDEN,
                "People sign in here with their account at "
                        + onlyAt.get()
                        + ", and not otherwise.");
    }
}
