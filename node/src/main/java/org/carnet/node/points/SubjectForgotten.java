// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

/// Nothing goes on the record about a subject that was forgotten, until it registers anew.
public final class SubjectForgotten extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SubjectForgotten() {
        super("the subject was forgotten");
    }
}
