// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.log.Record;

import java.time.Instant;

/// State in memory that is rebuilt, after a start, from a snapshot and the records that follow it.
public interface Restorable {
    /// Takes the state of the newest snapshot; answers the index of the first record that it does not contain.
    long loadSnapshot();

    /// Takes one record into the state; called in order for every record from the snapshot on.
    void restore(long index, Record.Kind kind, Instant time, Bytes details);

    /// Writes a snapshot that contains the effects of every record that is durable when this is called.
    void saveSnapshot();
}
