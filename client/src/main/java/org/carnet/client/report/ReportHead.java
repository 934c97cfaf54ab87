// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.log.Hash;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.SignedNote;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a report is about and what its lines are proven by.
///
/// @param node who signs it
/// @param log the keys of the log that its lines stand in
/// @param from the first time that is asked about
/// @param until the first time that is not
/// @param subject whose data, if one subject's only
/// @param thing which thing's data, if one thing's only
/// @param first the first record that was looked at
/// @param next where a further report goes on; every record before was looked at
/// @param complete whether there was no further record when the report was made
/// @param unreadable how many records of that time nobody can read or attribute any more, because their keys were destroyed
/// @param checkpoint the one checkpoint that all lines are proven under, as it was signed
/// @param hashes the hashes that the proofs are made of
public record ReportHead(
        DidKey node,
        LogVerifier log,
        Instant made,
        Instant from,
        Instant until,
        Optional<String> subject,
        Optional<String> thing,
        long first,
        long next,
        boolean complete,
        long unreadable,
        SignedNote checkpoint,
        List<Hash> hashes) {
    static final String TYPE = "carnet-report";
    static final int VERSION = 1;

    public ReportHead {
        hashes = List.copyOf(hashes);
        if (!from.isBefore(until))
            throw new IllegalArgumentException("the time ends before it starts");
        if (first < 0 || next < first || unreadable < 0) {
            throw new IllegalArgumentException("it looked at a negative number of records");
        }
    }

    ObjectNode json() {
        var json = ReportJson.MAPPER.createObjectNode();
        json.put("type", TYPE).put("version", VERSION).put("node", node.value());
        var keys = json.putArray("log");
        log.keys().forEach(key -> keys.add(key.vkey()));
        json.put("made", made.toString())
                .put("from", from.toString())
                .put("until", until.toString());
        subject.ifPresent(told -> json.put("subject", told));
        thing.ifPresent(told -> json.put("thing", told));
        json.put("first", first)
                .put("next", next)
                .put("complete", complete)
                .put("unreadable", unreadable)
                .put("checkpoint", checkpoint.encode().toUtf8());
        var list = json.putArray("hashes");
        hashes.forEach(hash -> list.add(hash.toBase64()));
        return json;
    }

    static ReportHead parse(ObjectNode json) throws Malformed {
        if (!ReportJson.text(json, "type").equals(TYPE)
                || ReportJson.number(json, "version") != VERSION) {
            throw new Malformed("it is not a report of version " + VERSION);
        }
        try {
            var head =
                    new ReportHead(
                            DidKey.parse(ReportJson.text(json, "node")),
                            new LogVerifier(
                                    texts(json, "log").stream().map(NoteVerifier::parse).toList()),
                            Instant.parse(ReportJson.text(json, "made")),
                            Instant.parse(ReportJson.text(json, "from")),
                            Instant.parse(ReportJson.text(json, "until")),
                            optional(json, "subject"),
                            optional(json, "thing"),
                            ReportJson.number(json, "first"),
                            ReportJson.number(json, "next"),
                            json.path("complete").asBoolean(false),
                            ReportJson.number(json, "unreadable"),
                            SignedNote.parse(Bytes.utf8(ReportJson.text(json, "checkpoint"))),
                            texts(json, "hashes").stream().map(Hash::base64).toList());
            if (!ReportJson.same(head.json(), json))
                throw new Malformed("it has members that a report has not");
            return head;
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new Malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private static Optional<String> optional(ObjectNode json, String member) throws Malformed {
        return json.has(member) ? Optional.of(ReportJson.text(json, member)) : Optional.empty();
    }

    private static List<String> texts(ObjectNode json, String member) throws Malformed {
        var texts = new ArrayList<String>();
        for (JsonNode value : json.path(member).values()) {
            if (!value.isString())
                throw new Malformed("\"" + member + "\" has something that is no text");
            texts.add(value.stringValue());
        }
        return texts;
    }
}
