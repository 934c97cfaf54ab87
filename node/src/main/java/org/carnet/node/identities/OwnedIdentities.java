// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;

/// The identities of an owner's avatars, for whoever forgets: who is forgotten is nobody anywhere.
final class OwnedIdentities implements Forgets {
    private final Identities identities;

    OwnedIdentities(Identities identities) {
        this.identities = identities;
    }

    @Override
    public String place() {
        return "identities of avatars";
    }

    @Override
    public Stage stage() {
        return Stage.FILES;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        if (!erasure.whole()) return new Reached("they say what holds now, and stay");
        return new Reached(
                identities.forget(erasure.subject()) + " identities ended, their keys destroyed");
    }
}
