// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

/// R2: how much of the disk the records themselves take.
public interface DiskUse {
    /// The bytes of the journal up to its end: records and their sealed details, without what is allocated ahead.
    long journalBytes();
}
