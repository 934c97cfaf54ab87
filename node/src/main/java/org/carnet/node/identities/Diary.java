// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.identities;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.concurrent.CompletionException;

/// What is put on the record of identities, under the key of the owner.
final class Diary {
    private final Records records;

    Diary(Records records) {
        this.records = records;
    }

    /// Returns once it is durable, with the index of the record.
    ///
    /// @param by who does it
    long append(Record.Kind kind, Identity identity, String by, ObjectNode act) {
        var details = Bytes.utf8(Json.text(act));
        var entry =
                new Entry(
                        kind,
                        Assurance.NONE,
                        identity.owner(),
                        by,
                        identity.did().value(),
                        details);
        try {
            return records.append(List.of(entry)).join().firstIndex();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFull full) throw full;
            throw e;
        }
    }
}
