// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.TlogProof;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// R2: what is on the record, and the proof that it is.
public interface RecordReads {
    /// A record and, if this node still holds its subject's key, what it says.
    record Stored(long index, Record record, Optional<Bytes> details) {}

    /// How many records are durable.
    long size();

    /// The index of the first record that was not pruned.
    long first();

    /// @throws IndexOutOfBoundsException if there is no such record, or not any more
    Stored read(long index);

    /// The proof that the newest checkpoint covers the record; a checkpoint is made for it if need be.
    TlogProof prove(long index);

    /// The same proof as a COSE Receipt (RFC 9942), signed with Ed25519 or with ML-DSA-44.
    CoseReceipt receipt(long index, boolean postQuantum);

    /// What stands for an identifier in the records of that subject: one for each epoch that is not forgotten.
    Set<Pseudonym> pseudonyms(String subject, String identifier);

    /// The directory that holds `checkpoint`, `log.vkey` and `tile/` as static files (C2SP tlog-tiles).
    Path logDirectory();
}
