// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.springframework.context.SmartLifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Puts on the record that the node was restored, before anything can reach it.
final class RestoredTold implements SmartLifecycle {
    private final Path directory;
    private final Records records;
    private final String origin;
    private final String node;
    private boolean running;

    /// @param origin of the log, which is the subject of records about the node itself
    RestoredTold(Path directory, Records records, String origin, String node) {
        this.directory = directory;
        this.records = records;
        this.origin = origin;
        this.node = node;
    }

    /// Told twice if the node dies in between; never not at all.
    @Override
    public void start() {
        try {
            var note = RestoredNote.read(directory);
            if (note.isPresent()) {
                var details = note.get().json();
                var entry =
                        new Entry(
                                Record.Kind.RESTORED,
                                Assurance.NONE,
                                origin,
                                node,
                                origin,
                                details);
                records.append(List.of(entry)).join();
                RestoredNote.delete(directory);
            }
            running = true;
        } catch (IOException failure) {
            throw new UncheckedIOException("reading how the node was restored", failure);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the agents' memory is back, and before the listeners open.
    @Override
    public int getPhase() {
        return 1;
    }
}
