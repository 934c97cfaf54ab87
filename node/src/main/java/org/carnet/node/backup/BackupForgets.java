// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Lets an erasure reach the backup: its bundle of keys and tables is written anew, without what was destroyed.
final class BackupForgets implements Forgets {
    private final Optional<Backups> backups;

    /// @param backups nothing if there are none
    BackupForgets(Optional<Backups> backups) {
        this.backups = backups;
    }

    @Override
    public String place() {
        return "the backup";
    }

    @Override
    public Stage stage() {
        return Stage.COPIES;
    }

    @Override
    public Outcome forget(Erasure erasure) {
        return forget(List.of(erasure));
    }

    @Override
    public Outcome forget(List<Erasure> erasures) {
        if (backups.isEmpty()) return new Reached("there is none");
        try {
            return backups.get().refresh()
                    ? new Reached("its keys were replaced by those that are left")
                    : new Reached("nothing was backed up yet");
        } catch (IOException | RuntimeException failure) {
            return new Pending("its place cannot be reached; the node tries on");
        }
    }
}
