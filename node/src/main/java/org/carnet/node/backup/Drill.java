// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.files.DirectoryTree;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.carnet.node.storage.NodeKeys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Restores a backup into a scratch directory and verifies it to its last byte, so that nobody learns in need that it is
/// not good.
final class Drill {
    private final Path scratch;
    private final long segmentBytes;
    private final InstantSource clock;

    /// What came of it.
    sealed interface Result {
        /// @param opened how many details the keys in the backup open; those of forgotten subjects stay closed
        /// @param missing how many records the log has signed since
        record Passed(Manifest manifest, long records, long opened, long missing)
                implements Result {}

        /// @param place the object or record
        /// @param check what does not hold for it
        record Failed(String place, String check) implements Result {}
    }

    /// @param scratch emptied before and after
    Drill(Path scratch, long segmentBytes, InstantSource clock) {
        this.scratch = scratch;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
    }

    /// @param seen checkpoints that the log signed, witnessed ones above all: the backup must be of that log
    /// @throws IOException if the backup or the scratch directory cannot be read or written
    Result run(Backup backup, Optional<LastBackup> last, List<Bytes> seen) throws IOException {
        DirectoryTree.delete(scratch);
        try {
            return judged(backup, last, seen);
        } catch (BackupDamaged damaged) {
            return new Result.Failed(damaged.place(), String.valueOf(damaged.getMessage()));
        } catch (IllegalArgumentException foreign) {
            return new Result.Failed("state", String.valueOf(foreign.getMessage()));
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private Result judged(Backup backup, Optional<LastBackup> last, List<Bytes> seen)
            throws IOException {
        var manifest = backup.manifest();
        if (last.isPresent() && !last.get().equals(LastBackup.of(manifest))) {
            return new Result.Failed(
                    Manifest.NAME, "it is not the one that this node wrote last, but an older one");
        }
        var request = new Restore.Request(OptionalLong.empty(), Optional.empty(), seen, false);
        var restored = new Restore(backup, scratch, segmentBytes, clock).records(request, null);
        var wrap = NodeKeys.open(scratch, new SecureRandom()).wrap();
        var verification =
                new LogVerification(
                        Optional.empty(), Optional.empty(), Optional.of(backup.state().keys(wrap)));
        return switch (verification.directory(scratch)) {
            case LogVerdict.Verified verified ->
                    new Result.Passed(
                            manifest,
                            verified.counts().records(),
                            verified.counts().opened(),
                            restored.missing());
            case LogVerdict.Failed(String place, String check) -> new Result.Failed(place, check);
        };
    }
}
