// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.points;

import org.carnet.Bytes;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.TileReader;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// R2: records with all that this node can still tell of them, for whoever reports.
public interface Disclosures {
    /// Which records: of a time (`until` exclusive) and, if so wanted, of one subject.
    record Wanted(Instant from, Instant until, Optional<String> subject) {}

    /// One record, and what stands for an identifier in it.
    ///
    /// @param details empty if its key was destroyed; then nobody can tell whose it was
    /// @param pseudonyms answers nobody's where the key was destroyed
    record Disclosed(
            long index,
            Bytes leaf,
            Record record,
            Optional<Bytes> details,
            Function<String, Pseudonym> pseudonyms) {}

    /// Hands over the wanted records from `first` on and before `end`, and those of the time whose key was destroyed, until
    /// `each` answers false. Only what is wanted is opened, and nothing is kept.
    ///
    /// @return where to go on
    long disclose(long first, long end, Wanted wanted, Predicate<Disclosed> each);

    /// Whether anything was ever recorded of the subject that is not forgotten.
    boolean knows(String subject);

    /// The tiles of every tree that was signed.
    TileReader tiles();
}
