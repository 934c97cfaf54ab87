// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.io.IOException;

/// The files of a log by their paths below its prefix (C2SP tlog-tiles): those of a directory, or those under a URL.
interface LogSource {
    /// No bundle is longer: 256 entries, each of 65535 bytes behind its length.
    int LONGEST = 256 * (2 + 65535);

    /// @throws java.nio.file.NoSuchFileException if the log has no such file
    Bytes content(String path) throws IOException;
}
