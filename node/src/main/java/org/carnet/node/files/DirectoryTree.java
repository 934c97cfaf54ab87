// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A directory with everything below it.
public final class DirectoryTree {
    private DirectoryTree() {}

    /// Deletes it, if it is there, without following links.
    public static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) return;
        try (var tree = Files.walk(directory)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
