// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;

import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// R2: where agents keep what they would otherwise rebuild from the whole record. Nothing here is the only copy.
public interface Snapshots {
    /// One part of a snapshot, sealed under its subject's key.
    record Part(String subject, Bytes content) {}

    /// Replaces the snapshot of that name.
    ///
    /// @param next the index of the first record whose effect it may lack
    void write(String name, long next, Stream<Part> parts);

    /// Reads the snapshot of that name, part by part; answers what `next` was.
    ///
    /// @return empty if there is none, or none that is whole
    OptionalLong read(String name, Consumer<Bytes> part);
}
