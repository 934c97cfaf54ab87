// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.envelope.Refused;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The details of this agent's records, as JSON.
final class Details {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Details() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static Bytes of(JsonNode details) {
        return Bytes.unsafe(JSON.writeValueAsBytes(details));
    }

    static JsonNode parse(Bytes details) {
        return JSON.readTree(details.unsafeArray());
    }

    static JsonNode parse(String details) {
        return JSON.readTree(details);
    }

    static Bytes refused(Refused refused, long sequence) {
        return of(
                object().put("reason", refused.reason().slug())
                        .put("detail", refused.detail())
                        .put("sequence", sequence));
    }
}
