// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.concurrent.CompletionException;

/// What is put on the record of accounts: the account is the subject, so it is forgotten with its owner.
final class Diary {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Records records;

    Diary(Records records) {
        this.records = records;
    }

    static ObjectNode act(String what) {
        return JSON.createObjectNode().put("act", what);
    }

    /// Returns once it is durable.
    ///
    /// @param by who does it
    void enrolled(String account, String by, ObjectNode act) {
        append(Record.Kind.ENROLLED, account, by, act);
    }

    /// Returns once it is durable.
    void signedIn(String account, ObjectNode act) {
        append(Record.Kind.SIGNED_IN, account, account, act);
    }

    private void append(Record.Kind kind, String account, String by, ObjectNode act) {
        var details = Bytes.unsafe(JSON.writeValueAsBytes(act));
        var entry = new Entry(kind, Assurance.NONE, account, by, account, details);
        try {
            records.append(List.of(entry)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFull full) throw full;
            throw e;
        }
    }
}
