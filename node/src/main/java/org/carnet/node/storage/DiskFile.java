// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file, read and written at positions.
interface DiskFile extends Closeable {
    long size() throws IOException;

    /// Fills the buffer from the position on, or as far as the file reaches.
    void read(ByteBuffer target, long position) throws IOException;

    /// Writes all that remains in the buffer.
    ///
    /// @throws DiskFull if there is no room; some of it may have been written then
    void write(ByteBuffer source, long position) throws IOException;

    /// Returns when all that was written would survive a power cut.
    void force() throws IOException;
}
