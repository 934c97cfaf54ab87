// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.log.Assurance;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Records;
import org.carnet.node.points.StorageFull;

import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;

/// What is put on the record of clients: who may be one, and what each person let it have.
final class Diary {
    private final Records records;
    private final String node;

    /// @param node under whose keys it is sealed who is a client
    Diary(Records records, String node) {
        this.records = records;
        this.node = node;
    }

    static ObjectNode act(String what) {
        return Json.object().put("act", what);
    }

    /// Of the clients themselves. Returns once it is durable.
    ///
    /// @param by who does it
    void governed(String client, String by, ObjectNode act) {
        append(Record.Kind.GOVERNED, node, by, client, act);
    }

    /// Of a person and a client. Returns once it is durable.
    void person(String account, String client, String what, Collection<String> scopes) {
        var act = act(what).put("client", client);
        scopes.stream().sorted().forEach(act.withArray("scopes")::add);
        append(Record.Kind.SIGNED_IN, account, client, account, act);
    }

    /// That a client which proved who it is was refused something. Returns once it is durable.
    void refused(String client, String why) {
        var act = act("client-refused").put("client", client).put("why", why);
        append(Record.Kind.REFUSED, node, client, client, act);
    }

    private void append(Record.Kind kind, String subject, String by, String about, ObjectNode act) {
        var details = Bytes.utf8(Json.text(act));
        var entry = new Entry(kind, Assurance.NONE, subject, by, about, details);
        try {
            records.append(List.of(entry)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFull full) throw full;
            throw e;
        }
    }
}
