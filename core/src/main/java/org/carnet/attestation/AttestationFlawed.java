// SPDX-License-Identifier: Apache-2.0
package org.carnet.attestation;

/// Ends the check of what a device shows; it becomes an [AttestationRefused] before it leaves this package.
final class AttestationFlawed extends Exception {
    private static final long serialVersionUID = 1;

    private final AttestationFlaw flaw;

    AttestationFlawed(AttestationFlaw flaw, String why) {
        super(why, null, false, false);
        this.flaw = flaw;
    }

    AttestationRefused refused() {
        return new AttestationRefused(flaw, String.valueOf(getMessage()));
    }
}
