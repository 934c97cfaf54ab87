// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;

/// What is kept about an owner's things, and about people: signals, and how wearers move.
final class OwnedSignals implements Forgets {
    private final Docket docket;
    private final Errands errands;

    OwnedSignals(Docket docket, Errands errands) {
        this.docket = docket;
        this.errands = errands;
    }

    @Override
    public String place() {
        return "signals of fraud";
    }

    @Override
    public Stage stage() {
        return Stage.FILES;
    }

    /// How somebody moves is learned anew, whatever range of time is forgotten.
    @Override
    public Outcome forget(Erasure erasure) {
        var subject = erasure.subject();
        errands.forget(subject);
        if (!erasure.whole()) return new Reached("what was learned of movements is gone");
        return new Reached(docket.forget(subject) + " signals removed");
    }
}
