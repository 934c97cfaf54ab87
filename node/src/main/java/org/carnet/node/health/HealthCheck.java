// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import java.util.Optional;

/// One part of the node that can be well or not; whoever owns the part offers it as a bean.
public interface HealthCheck {
    /// What the part is called, such as `database`.
    String name();

    /// Whether its trouble is a reason to send no requests to this node.
    default boolean isVital() {
        return true;
    }

    /// Empty when it is well, else one sentence without personal data.
    Optional<String> trouble();
}
