// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.storage.Ledger;
import org.carnet.node.storage.LedgerSettings;
import org.carnet.node.storage.MemorySubjectKeys;
import org.carnet.node.storage.NodeKeys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Logs to be verified.
public final class Logs {
    private Logs() {}

    /// Appends to the log of a data directory, which is made when it is not there.
    public static void grow(Path directory, int records) throws IOException {
        var random = new SecureRandom();
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 1 << 20);
        var signer = NodeKeys.open(directory, random).signer("carnet.local/test");
        try (var ledger =
                new Ledger(
                        settings,
                        signer,
                        new MemorySubjectKeys(random),
                        InstantSource.system(),
                        random)) {
            for (int i = 0; i < records; i++) {
                ledger.append(
                        List.of(
                                new Entry(
                                        Record.Kind.RECEIVED,
                                        Assurance.THING,
                                        "owner",
                                        "thing",
                                        "avatar",
                                        Bytes.utf8("update " + i))));
            }
            ledger.flushed().join();
            ledger.signedCheckpoint();
        }
    }
}
