// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

/// Ends the reading of a history that breaks a rule; it becomes a [HistoryRefused] before it leaves this package.
final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    private final HistoryFlaw flaw;

    Broken(HistoryFlaw flaw, String why) {
        super(why, null, false, false);
        this.flaw = flaw;
    }

    HistoryRefused refused() {
        return new HistoryRefused(flaw, String.valueOf(getMessage()));
    }
}
