// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Forces many small files to disk side by side: file systems answer such calls together, several times as fast as one
/// after another.
final class Forcing {
    private static final int ABREAST = 16;

    /// So many files are held open at most.
    private static final int MAX_OPEN = 128;

    private final List<DiskFile> written = new ArrayList<>();

    /// Takes over a file that was written, to be forced and closed.
    void add(DiskFile file) throws IOException {
        written.add(file);
        if (written.size() == MAX_OPEN) force();
    }

    /// Returns when all that were added are on disk.
    void force() throws IOException {
        if (written.isEmpty()) return;
        var threads = Thread.ofPlatform().daemon().name("carnet-tiles").factory();
        try (var pool = Executors.newFixedThreadPool(Math.min(ABREAST, written.size()), threads)) {
            var forced = new ArrayList<Callable<Void>>();
            for (var file : written) forced.add(() -> forced(file));
            for (var result : pool.invokeAll(forced)) result.get();
        } catch (ExecutionException failure) {
            throw new IOException("the tiles are not on disk", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while tiles were on their way to disk", interrupted);
        } finally {
            written.clear();
        }
    }

    /// Lets go of what was added, on disk or not.
    void forget() {
        for (var file : written) {
            try {
                file.close();
            } catch (IOException alreadyInTrouble) {
                // what matters is that it is written again
            }
        }
        written.clear();
    }

    private static Void forced(DiskFile file) throws IOException {
        try (file) {
            file.force();
        }
        return null;
    }
}
