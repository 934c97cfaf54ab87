// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.jose.Json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// SenML in JSON (RFC 8428 section 5).
final class SenmlJson {
    private SenmlJson() {}

    static void parse(byte[] payload, RecordReader records) throws Malformed {
        var json = Json.utf8(Bytes.unsafe(payload));
        if (json == null) throw Malformed.senml("the payload is not UTF-8");
        try (var in = Json.parser(json)) {
            if (in.nextToken() != JsonToken.START_ARRAY)
                throw Malformed.senml("the payload is not an array of records");
            while (in.nextToken() == JsonToken.START_OBJECT) record(in, records);
            if (in.currentToken() != JsonToken.END_ARRAY)
                throw Malformed.senml("a record is not an object");
            if (in.nextToken() != null) throw Malformed.senml("something follows the array");
        } catch (JacksonException e) {
            throw Malformed.senml("the payload is not strict JSON");
        }
    }

    private static void record(JsonParser in, RecordReader records) throws Malformed {
        for (var name = in.nextName(); name != null; name = in.nextName()) {
            var token = in.nextToken();
            var label = Label.of(name);
            if (label == null) {
                records.unknownField(name);
                in.skipChildren();
                continue;
            }
            records.field(label);
            switch (label.kind) {
                case NUMBER -> {
                    if (!token.isNumeric()) throw wrongKind(label);
                    records.number(label, in.getDoubleValue());
                }
                case TEXT -> records.text(label, string(in, label));
                case FLAG -> {
                    if (!token.isBoolean()) throw wrongKind(label);
                    records.flag(token == JsonToken.VALUE_TRUE);
                }
                case DATA -> records.data(SenmlJson.data(string(in, label)));
            }
        }
        records.endRecord();
    }

    private static String string(JsonParser in, Label label) throws Malformed {
        if (in.currentToken() != JsonToken.VALUE_STRING) throw wrongKind(label);
        return in.getString();
    }

    private static Malformed wrongKind(Label label) {
        return Malformed.senml(label.text + " is not of the JSON type that it has in SenML");
    }

    /// Base64url without padding, as in JSON so in XML.
    static byte[] data(String text) throws Malformed {
        try {
            return Bytes.base64Url(text).unsafeArray();
        } catch (IllegalArgumentException e) {
            throw Malformed.senml("vd is not base64url without padding");
        }
    }

    static byte[] write(DidKey thing, List<Reading> readings) {
        var baseTime = Senml.baseTime(readings);
        var json = new StringBuilder(64 + 64 * readings.size());
        json.append("[{\"bn\":\"").append(thing).append("/\",\"bt\":");
        json.append(Seconds.text(baseTime));
        for (int i = 0; i < readings.size(); i++) {
            var reading = readings.get(i);
            json.append(i == 0 ? "," : "},{");
            json.append("\"n\":\"").append(reading.property()).append('"');
            if (!reading.unit().isEmpty()) {
                json.append(",\"u\":\"").append(reading.unit()).append('"');
            }
            if (!reading.time().equals(baseTime)) {
                json.append(",\"t\":").append(Seconds.between(baseTime, reading.time()));
            }
            json.append(',');
            value(json, reading.value());
        }
        return json.append("}]").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void value(StringBuilder json, Value value) {
        switch (value) {
            case Value.Quantity(var number) -> json.append("\"v\":").append(number(number));
            case Value.Sum(var number) -> json.append("\"s\":").append(number(number));
            case Value.Flag(var flag) -> json.append("\"vb\":").append(flag);
            case Value.Data(var bytes) ->
                    json.append("\"vd\":\"").append(bytes.toBase64Url()).append('"');
            case Value.Text(var text) -> {
                json.append("\"vs\":");
                Json.quoted(json, text);
            }
        }
    }

    /// The shortest text of a number, with the small `e` that RFC 8428 section 5 demands.
    static String number(double number) {
        return number == (long) number && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number).replace('E', 'e');
    }
}
