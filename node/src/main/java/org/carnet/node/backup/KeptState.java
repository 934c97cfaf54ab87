// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.storage.BundledKeys;
import org.carnet.node.storage.OpeningKeys;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What it takes besides the records to go on as the same node: its own keys, the subjects' keys, and the tables that
/// no record restores. It is what erasure must reach, so a backup holds one of it only, the newest.
///
/// ```json
/// {"files": {"keys/node.key": "base64"}, "tables": {"subject_keys": [{"id": 1, …}]}}
/// ```
///
/// @param files by their path below the data directory
/// @param tables by their name, the rows of each
record KeptState(Map<String, Bytes> files, Map<String, JsonNode> tables) {
    /// A piece is short enough for every storage.
    static final int PIECE = 2 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    KeptState {
        files = Map.copyOf(files);
        tables = Map.copyOf(tables);
    }

    /// The subjects' keys among the tables.
    ///
    /// @param wrap what the node's own keys say that these are wrapped with
    /// @throws IllegalArgumentException if the rows are not those of keys
    OpeningKeys keys(Bytes wrap) {
        var keys = new BundledKeys(wrap);
        var rows = tables.get("subject_keys");
        if (rows == null) return keys;
        for (var row : rows) {
            var wrapped = row.path("wrapped").asString("");
            if (!wrapped.startsWith("\\x")) {
                throw new IllegalArgumentException("a subject's key is not there");
            }
            keys.add(
                    row.path("id").asLong(),
                    row.path("subject").asString(),
                    Bytes.hex(wrapped.substring(2)));
        }
        return keys;
    }

    Bytes encode() {
        var json = JSON.createObjectNode();
        var contents = json.putObject("files");
        new TreeMap<>(files).forEach((path, content) -> contents.put(path, content.toBase64()));
        var rows = json.putObject("tables");
        new TreeMap<>(tables).forEach(rows::set);
        return Bytes.utf8(JSON.writeValueAsString(json));
    }

    List<Bytes> pieces() {
        var whole = encode();
        var pieces = new ArrayList<Bytes>();
        for (int at = 0; at < whole.length(); at += PIECE) {
            pieces.add(whole.slice(at, Math.min(at + PIECE, whole.length())));
        }
        return pieces;
    }

    /// @throws IllegalArgumentException if these are not the bytes of one
    static KeptState parse(Bytes whole) {
        try {
            var json = JSON.readTree(whole.unsafeArray());
            var files = new TreeMap<String, Bytes>();
            for (var file : json.path("files").properties()) {
                files.put(file.getKey(), Bytes.base64(file.getValue().asString()));
            }
            var tables = new TreeMap<String, JsonNode>();
            for (var table : json.path("tables").properties()) {
                tables.put(table.getKey(), table.getValue());
            }
            return new KeptState(files, tables);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("it is not JSON", malformed);
        }
    }

    /// Tells the names only: the contents are secret.
    @Override
    public String toString() {
        return "state of " + files.keySet() + " and " + tables.keySet();
    }
}
