// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.node.health.HealthCheck;

import java.util.Optional;

/// Says that another log is not to be trusted, which is no reason not to use this node.
record WitnessCheck(Incidents incidents) implements HealthCheck {
    @Override
    public String name() {
        return "witness";
    }

    @Override
    public boolean isVital() {
        return false;
    }

    @Override
    public Optional<String> trouble() {
        int open = incidents.open();
        return open == 0
                ? Optional.empty()
                : Optional.of(open + " incidents of other logs: see /witness/evidence");
    }
}
