// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lets one thread of one process at a time work in a directory that several nodes share.
public final class Exclusive {
    private Exclusive() {}

    /// Work with files.
    public interface Work<T> {
        T run() throws IOException;
    }

    /// Creates the directory, for its user alone, and does the work once nobody else is at it.
    public static <T> T in(Path directory, Work<T> work) throws IOException {
        WholeFile.createSecretDirectory(directory);
        // File locks hold between processes; between the threads of one, they would fail instead of
        // wait.
        synchronized (Exclusive.class) {
            try (var file =
                            FileChannel.open(
                                    directory.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = file.lock()) {
                return work.run();
            }
        }
    }
}
