// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.Bytes;
import org.carnet.node.points.Erasure.ErasedKey;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The details of an `erased` record: which keys go, and what they had sealed. It does not say whose they were.
///
/// ```json
/// {"whole": false, "cause": "asked", "keys": [{"key": 7, "from": "…", "until": "…", "first": 0, "last": 9, "records": 4}]}
/// ```
/// @param cause why it was erased, such as `asked` or `retention`
record Tombstone(boolean whole, String cause, List<ErasedKey> keys) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Tombstone {
        keys = List.copyOf(keys);
    }

    Bytes encode() {
        var json = JSON.createObjectNode().put("whole", whole).put("cause", cause);
        var list = json.putArray("keys");
        for (var key : keys) {
            list.addObject()
                    .put("key", key.id())
                    .put("from", key.from().toString())
                    .put("until", key.until().toString())
                    .put("first", key.first())
                    .put("last", key.last())
                    .put("records", key.records());
        }
        return Bytes.unsafe(JSON.writeValueAsBytes(json));
    }

    static Tombstone parse(Bytes details) {
        var json = JSON.readTree(details.unsafeArray());
        var keys = new ArrayList<ErasedKey>();
        for (var key : json.path("keys")) keys.add(key(key));
        return new Tombstone(json.path("whole").asBoolean(), json.path("cause").asString(""), keys);
    }

    private static ErasedKey key(JsonNode key) {
        return new ErasedKey(
                key.path("key").asLong(),
                Instant.parse(key.path("from").asString("")),
                Instant.parse(key.path("until").asString("")),
                key.path("first").asLong(),
                key.path("last").asLong(),
                key.path("records").asLong());
    }
}
