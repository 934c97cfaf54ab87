// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

/// Somebody does not enter. What was wrong is for the operator's eyes; the person learns the refusal.
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    Refused(Refusal refusal, String why) {
        super(why);
        this.refusal = refusal;
    }

    Refused(Refusal refusal, Exception cause) {
        super(cause.getMessage(), cause);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
