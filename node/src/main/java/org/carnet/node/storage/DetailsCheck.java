// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Record;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// Checks what is sealed: that it has the hash in its leaf, and with the subjects' keys that it opens.
final class DetailsCheck {
    private final Optional<? extends OpeningKeys> keys;
    private final Seal seal = new Seal(new SecureRandom());
    private long opened;

    DetailsCheck(Optional<? extends OpeningKeys> keys) {
        this.keys = keys;
    }

    long opened() {
        return opened;
    }

    void check(long index, SealedRecord record) throws LogDamaged {
        Vault.parsed(index, record);
        var header = Arrays.copyOf(record.leaf(), Record.HEADER_LENGTH);
        requireOpens("record " + index, header, record.sealed());
    }

    /// Checks every snapshot, and tells how many there are.
    ///
    /// @param records how many records there are to have taken into account
    /// @param live whether a new snapshot may be in the making
    long checkSnapshots(Disk disk, DataDirectory directory, long records, boolean live)
            throws IOException {
        long count = 0;
        for (var file : disk.list(directory.state())) {
            var name = directory.state().relativize(file).toString();
            var place = "state/" + name;
            if (Disk.isTemporary(file)) continue;
            SnapshotFile snapshot;
            try {
                snapshot = SnapshotFile.parse(disk.content(file));
            } catch (IllegalArgumentException damaged) {
                throw new LogDamaged(place, damaged);
            }
            if (!live && snapshot.records() > records) {
                throw new LogDamaged(place, "it knows of more records than there are");
            }
            for (var sealed : snapshot.sealed()) {
                requireOpens(place, SnapshotFile.place(name, snapshot.records()), sealed);
            }
            count++;
        }
        return count;
    }

    private void requireOpens(String place, byte[] bound, byte[] sealed) throws LogDamaged {
        if (keys.isEmpty()) return;
        var key = keys.get().byId(Seal.keyId(sealed));
        if (key.isEmpty()) return;
        if (seal.open(key.get(), bound, sealed).isEmpty()) {
            throw new LogDamaged(place, "its details do not open with their subject's key");
        }
        opened++;
    }
}
