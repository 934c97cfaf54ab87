// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.node.health.HealthCheck;

import java.util.Optional;

/// Whether the log takes records and its tree grows.
record LogCheck(Ledger ledger) implements HealthCheck {
    @Override
    public String name() {
        return "log";
    }

    @Override
    public Optional<String> trouble() {
        return ledger.stats()
                .trouble()
                .map(
                        _ ->
                                "the log takes no records or cannot be signed at present; node.log"
                                        + " says why");
    }
}
