// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;

/// What this agent keeps of an owner: registrations and mappings.
///
/// Forgetting a range of time leaves registrations and mappings as they are: they say what holds now.
final class OwnedThings implements Forgets {
    private final Registrar registrar;
    private final Lifecycle lifecycle;
    private final Senders senders;

    OwnedThings(Registrar registrar, Lifecycle lifecycle, Senders senders) {
        this.registrar = registrar;
        this.lifecycle = lifecycle;
        this.senders = senders;
    }

    @Override
    public String place() {
        return "things and mappings";
    }

    @Override
    public Stage stage() {
        return Stage.MEMORY;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        var removed =
                erasure.whole() ? registrar.forget(erasure.subject()) : new Things.Removed(0, 0);
        if (erasure.whole()) lifecycle.forget(erasure.subject());
        senders.forget();
        return new Reached(
                erasure.whole()
                        ? "%d things deregistered, %d mappings ended"
                                .formatted(removed.things(), removed.mappings())
                        : "they say what holds now, and stay");
    }
}
