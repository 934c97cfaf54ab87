// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.concurrent.CompletionException;

/// What is put on the record of accounts: the account is the subject, so it is forgotten with its owner.
final class Diary {
    private static final Logger LOG = LoggerFactory.getLogger(Diary.class);
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

    /// Does not wait, so that it cannot be told from how long it takes whether there is such an account.
    void failed(String account, String way) {
        var act = act("failed").put("way", way);
        var told = records.append(List.of(entry(Record.Kind.SIGNED_IN, account, account, act)));
        told.whenComplete(
                (receipt, failure) -> {
                    if (failure != null) LOG.warn("a failed sign-in is not on the record", failure);
                });
    }

    private static Entry entry(Record.Kind kind, String account, String by, ObjectNode act) {
        var details = Bytes.unsafe(JSON.writeValueAsBytes(act));
        return new Entry(kind, Assurance.NONE, account, by, account, details);
    }

    private void append(Record.Kind kind, String account, String by, ObjectNode act) {
        try {
            records.append(List.of(entry(kind, account, by, act))).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFull full) throw full;
            throw e;
        }
    }
}
