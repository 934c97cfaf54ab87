// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.external;

import org.carnet.Bytes;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A place outside this node that keeps named objects for it.
///
/// It is trusted with nothing: what is put there is sealed before, and what comes back is believed only once it opens.
/// Safe for one thread at a time.
public interface ExternalStorage extends Closeable {
    /// No object is longer.
    int MOST_BYTES = 8 << 20;

    /// How an object may be called.
    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

    /// An object that is there.
    record Stored(String name, long bytes) {}

    /// Keeps the object, in place of what had its name; it is there for good when this returns.
    ///
    /// After a failure or a crash the name has its old content or the new, never a part.
    ///
    /// @throws IOException if it is not kept: no room, no connection, or refused
    void put(String name, Bytes content) throws IOException;

    /// The object; empty if there is none of that name.
    Optional<Bytes> get(String name) throws IOException;

    /// Every object that is there, in the order of the names.
    List<Stored> list() throws IOException;

    /// Removes the object, if it is there.
    void delete(String name) throws IOException;

    /// Where this is, for people.
    String place();

    /// @throws IllegalArgumentException if no object may be called so, or be so long
    static void require(String name, long bytes) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no object may be called '" + name + "'");
        }
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("an object has at most " + MOST_BYTES + " bytes");
        }
    }
}
