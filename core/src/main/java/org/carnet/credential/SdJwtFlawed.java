// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

/// Ends a check that failed; it becomes an [SdJwtRefused] before it leaves this package.
final class SdJwtFlawed extends Exception {
    private static final long serialVersionUID = 1;

    private final SdJwtFlaw flaw;

    SdJwtFlawed(SdJwtFlaw flaw, String why) {
        super(why, null, false, false);
        this.flaw = flaw;
    }

    SdJwtRefused refused() {
        return new SdJwtRefused(flaw, String.valueOf(getMessage()));
    }
}
