// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;

/// Stored bytes are not what was once written: names the place and the check that failed.
public final class LogDamaged extends IOException {
    private static final long serialVersionUID = 1;
    private final String place;
    private final String check;

    LogDamaged(String place, String check) {
        super(place + ": " + check);
        this.place = place;
        this.check = check;
    }

    LogDamaged(String place, IllegalArgumentException malformed) {
        this(place, String.valueOf(malformed.getMessage()));
    }

    public String place() {
        return place;
    }

    public String check() {
        return check;
    }
}
