// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.health;

import org.carnet.identity.SignatureProvider;

import java.util.Optional;

/// The provider of signatures proved itself with known answers before it was chosen; that one is there is enough.
record SignatureCheck(SignatureProvider provider) implements HealthCheck {
    @Override
    public String name() {
        return "signatures";
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }
}
