// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import java.io.IOException;

/// What was read from a backup is not what was put there, or not for this key: names the object and the check.
public final class BackupDamaged extends IOException {
    private static final long serialVersionUID = 1;
    private final String place;

    BackupDamaged(String place, String check) {
        super(place + ": " + check);
        this.place = place;
    }

    /// The object, or what it is about.
    public String place() {
        return place;
    }
}
