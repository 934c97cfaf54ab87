// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Proofs;
import org.carnet.log.TileReader;

import java.util.Optional;

/// R2: the records as they are kept, sealed, for copies that whoever holds them cannot read.
public interface SealedRecords {
    /// A leaf of the log, and the sealed details whose hash it carries.
    record Sealed(Bytes leaf, Bytes details) {}

    /// How many records are durable.
    long size();

    /// The number of the first record that is kept; those before it were removed, and their tiles stand for them.
    long first();

    TileReader tiles();

    /// A signed checkpoint that covers every record that is durable when this is called.
    Bytes checkpoint();

    /// Whether this log grew from that checkpoint by appending only.
    boolean grewFrom(Checkpoint earlier);

    /// Proofs of the tree of that size, which a checkpoint covers.
    Proofs proofs(long size);

    /// Reads from a record on.
    Reader from(long index);

    /// Reads durable records one after another; used by one thread.
    interface Reader extends AutoCloseable {
        /// The next record; empty while no further one is durable.
        Optional<Sealed> next();

        @Override
        void close();
    }
}
