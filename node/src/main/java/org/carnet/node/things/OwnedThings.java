// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;

/// What this agent keeps of an owner: registrations, mappings, updates on their way to other platforms.
///
/// Forgetting a range of time leaves registrations and mappings as they are: they say what holds now.
final class OwnedThings implements Forgets {
    private final Registrar registrar;
    private final Senders senders;
    private final Outlets outlets;

    OwnedThings(Registrar registrar, Senders senders, Outlets outlets) {
        this.registrar = registrar;
        this.senders = senders;
        this.outlets = outlets;
    }

    @Override
    public String place() {
        return "things, mappings and updates on their way";
    }

    @Override
    public Stage stage() {
        return Stage.MEMORY;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        var removed =
                erasure.whole() ? registrar.forget(erasure.subject()) : new Things.Removed(0, 0);
        senders.forget();
        outlets.forget();
        return new Reached(
                erasure.whole()
                        ? "%d things deregistered, %d mappings ended"
                                .formatted(removed.things(), removed.mappings())
                        : "nothing of that time is on its way");
    }
}
