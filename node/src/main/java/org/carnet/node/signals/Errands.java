// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.signals;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// What others want done with the rules, which one thread alone may touch.
final class Errands {
    private final ConcurrentLinkedQueue<Consumer<Rules>> waiting = new ConcurrentLinkedQueue<>();

    /// Starts anew with a party that was cleared.
    void clear(String party) {
        waiting.add(rules -> rules.clear(party));
    }

    void forget(String owner) {
        waiting.add(rules -> rules.forgetOwners(owner::equals));
    }

    /// Does all that waits; called by the thread of the rules.
    void run(Rules rules) {
        for (var errand = waiting.poll(); errand != null; errand = waiting.poll()) {
            errand.accept(rules);
        }
    }
}
