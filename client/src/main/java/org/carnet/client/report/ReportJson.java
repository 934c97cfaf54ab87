// SPDX-License-Identifier: Apache-2.0
package org.carnet.client.report;

import org.carnet.Bytes;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON of reports: read strictly, written in one way only.
final class ReportJson {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ReportJson() {}

    /// Whether both are written alike; a number's width in memory is no difference.
    static boolean same(ObjectNode one, ObjectNode other) {
        return MAPPER.writeValueAsString(one).equals(MAPPER.writeValueAsString(other));
    }

    static ObjectNode parse(String text) throws Malformed {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) return object;
        } catch (JacksonException malformed) {
            throw new Malformed("it is not JSON");
        }
        throw new Malformed("it is not a JSON object");
    }

    static String text(ObjectNode json, String member) throws Malformed {
        return required(json, member, json.path(member).isString()).stringValue();
    }

    static long number(ObjectNode json, String member) throws Malformed {
        var value = json.path(member);
        return required(json, member, value.canConvertToLong() && value.isIntegralNumber())
                .longValue();
    }

    static ObjectNode object(ObjectNode json, String member) throws Malformed {
        return (ObjectNode) required(json, member, json.path(member).isObject());
    }

    static Bytes base64(ObjectNode json, String member) throws Malformed {
        try {
            return Bytes.base64(text(json, member));
        } catch (IllegalArgumentException malformed) {
            throw new Malformed("\"" + member + "\" is not base64");
        }
    }

    private static JsonNode required(ObjectNode json, String member, boolean there)
            throws Malformed {
        if (!there) throw new Malformed("\"" + member + "\" is missing or of another type");
        return json.path(member);
    }
}
