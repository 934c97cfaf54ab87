// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.node.points.AvatarReads.Change;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Readings and changes as JSON. Data of bytes is base64url, as in SenML.
final class ReadingJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReadingJson() {}

    static JsonNode value(Reading reading) {
        return switch (reading.value()) {
            case Value.Quantity quantity -> JSON.numberNode(quantity.value());
            case Value.Sum sum -> JSON.numberNode(sum.value());
            case Value.Text text -> JSON.stringNode(text.value());
            case Value.Flag flag -> JSON.booleanNode(flag.value());
            case Value.Data data -> JSON.stringNode(data.value().toBase64Url());
        };
    }

    static ObjectNode timed(Reading reading) {
        var json = JSON.objectNode();
        json.set("value", value(reading));
        json.put("time", reading.time().toString());
        if (!reading.unit().isEmpty()) json.put("unit", reading.unit());
        return json;
    }

    /// One message of a stream; times are milliseconds since 1970.
    static String message(Change change) {
        var json = JSON.objectNode().put("avatar", change.avatar()).put("record", change.record());
        var readings = json.putArray("readings");
        for (var reading : change.readings()) {
            var one =
                    readings.addObject()
                            .put("property", reading.property())
                            .put("time", reading.time().toEpochMilli());
            one.set("value", value(reading));
            if (!reading.unit().isEmpty()) one.put("unit", reading.unit());
        }
        return JsonMapper.shared().writeValueAsString(json);
    }
}
