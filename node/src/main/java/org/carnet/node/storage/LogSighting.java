// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;

import java.nio.file.Path;

/// What a look at a log that is followed has shown.
public sealed interface LogSighting {
    /// It is seen for the first time, and believed from here on.
    record First(Checkpoint now) implements LogSighting {}

    /// It has not changed.
    record Same(Checkpoint now) implements LogSighting {}

    /// It grew by appending only.
    record Grew(Checkpoint before, Checkpoint now) implements LogSighting {}

    /// It signed what contradicts what it signed before.
    ///
    /// @param evidence the file that a stranger checks (docs/wire/evidence.md)
    record Contradiction(Evidence.Kind kind, Checkpoint before, Checkpoint now, Path evidence)
            implements LogSighting {}

    /// It cannot be read or is not to be believed now, which proves nothing against it.
    record Unclear(String reason) implements LogSighting {}
}
