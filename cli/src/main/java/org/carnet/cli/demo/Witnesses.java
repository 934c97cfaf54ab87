// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.log.Checkpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogPolicy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who has witnessed the log of a platform, by what they signed.
final class Witnesses {
    private final TlogPolicy policy;

    private Witnesses(TlogPolicy policy) {
        this.policy = policy;
    }

    /// Has each platform witness the logs of all others.
    static void connect(List<Platform> platforms) throws IOException {
        for (var platform : platforms) {
            try (var node = platform.manage()) {
                for (var other : platforms) {
                    if (other == platform) continue;
                    node.post("api/peers", Map.of("url", other.address("https").toString()));
                }
            }
        }
    }

    /// Demands every witness, each by all of its keys, which it tells itself.
    ///
    /// @param log whose log it is
    /// @param witnesses by their names
    static Witnesses all(NodeClient log, Map<String, NodeClient> witnesses) throws IOException {
        var text = new StringBuilder();
        for (var key : keys(log, "log.vkey")) text.append("log %s\n".formatted(key.vkey()));
        for (var witness : new TreeMap<>(witnesses).entrySet()) {
            var names = new ArrayList<String>();
            for (var key : keys(witness.getValue(), "witness.vkey")) {
                names.add(witness.getKey() + "-" + names.size());
                text.append("witness %s %s\n".formatted(names.getLast(), key.vkey()));
            }
            text.append("group %s all %s\n".formatted(witness.getKey(), String.join(" ", names)));
        }
        text.append("group everybody all %s\n".formatted(String.join(" ", witnesses.keySet())));
        return new Witnesses(
                TlogPolicy.parse(Bytes.utf8(text.append("quorum everybody\n").toString())));
    }

    private static List<NoteVerifier> keys(NodeClient node, String path) throws IOException {
        return LogVerifier.parse(node.bytes(path)).keys();
    }

    /// How many records they have all witnessed; 0 as long as one is missing.
    long witnessed(NodeClient log) throws IOException {
        try {
            return witnessed(log.bytes("checkpoint.witnessed"));
        } catch (NodeRefused nothingYet) {
            return 0;
        }
    }

    /// The same of a checkpoint that somebody shows.
    long witnessed(Bytes checkpoint) {
        var note = SignedNote.parse(checkpoint);
        return switch (policy.judge(note)) {
            case TlogPolicy.Witnessed _ -> Checkpoint.parse(note.text()).size();
            case TlogPolicy.NotWitnessed _ -> 0;
        };
    }
}
