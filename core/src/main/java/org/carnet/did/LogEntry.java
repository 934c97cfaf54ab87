// SPDX-License-Identifier: Apache-2.0
package org.carnet.did;

import org.carnet.Bytes;
import org.carnet.credential.DateTimeStamp;
import org.carnet.credential.Jcs;
import org.carnet.jose.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Set;

/// One line of a history (did:webvh 1.0, "The DID Log File"), well formed; nothing is said yet about whether it holds.
///
/// @param json all of it, with its proof
record LogEntry(
        ObjectNode json,
        String versionId,
        int number,
        String hash,
        Instant time,
        ObjectNode parameters,
        ObjectNode state) {
    static final String PLACEHOLDER = "{SCID}";

    private static final Set<String> MEMBERS =
            Set.of("versionId", "versionTime", "parameters", "state", "proof");

    static LogEntry parse(String line) throws Broken {
        try {
            var json = Json.object(Bytes.utf8(line));
            if (!MEMBERS.containsAll(json.propertyNames()))
                throw new IllegalArgumentException("it has members that no entry has");
            if (json.path("parameters") instanceof ObjectNode parameters
                    && json.path("state") instanceof ObjectNode state)
                return of(json, parameters, state);
            throw new IllegalArgumentException("it has no parameters or no state");
        } catch (IllegalArgumentException e) {
            throw new Broken(HistoryFlaw.MALFORMED, "a line is no entry: " + e.getMessage());
        }
    }

    private static LogEntry of(ObjectNode json, ObjectNode parameters, ObjectNode state)
            throws Broken {
        var id = json.path("versionId").asString("");
        var parts = id.split("-", -1);
        if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,8}"))
            throw new Broken(HistoryFlaw.WRONG_VERSION, "a versionId is no number and hash");
        return new LogEntry(
                json,
                id,
                Integer.parseInt(parts[0]),
                parts[1],
                time(json.path("versionTime").asString("")),
                parameters,
                state);
    }

    private static Instant time(String text) throws Broken {
        try {
            if (text.endsWith("Z") || text.endsWith("+00:00")) return DateTimeStamp.parse(text);
        } catch (IllegalArgumentException e) {
            // said below, as for another zone
        }
        throw new Broken(HistoryFlaw.WRONG_TIME, "a versionTime is no time in UTC");
    }

    /// The hash that the version has to carry, given what came before: the SCID or the version of the entry before.
    static String hash(ObjectNode json, String predecessor) {
        var content = json.deepCopy();
        content.remove("proof");
        content.put("versionId", predecessor);
        return Multihash.of(Jcs.canonical(content));
    }

    /// The SCID that an entry would begin, if it stands in it wherever it has to ("Verify SCID").
    static String scid(ObjectNode json, String claimed) {
        var content = json.deepCopy();
        content.remove("proof");
        content.put("versionId", PLACEHOLDER);
        var text = Jcs.canonical(content).toUtf8().replace(claimed, PLACEHOLDER);
        return Multihash.of(Bytes.utf8(text));
    }
}
