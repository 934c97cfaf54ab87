// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// Ends a check that failed; it becomes a [Refused] before it leaves this package.
final class Flawed extends Exception {
    private static final long serialVersionUID = 1;

    private final Flaw flaw;

    Flawed(Flaw flaw, String why) {
        super(why, null, false, false);
        this.flaw = flaw;
    }

    Refused refused() {
        return new Refused(flaw, String.valueOf(getMessage()));
    }
}
