// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.identity.DidKey;

import java.util.List;

/// SenML in CBOR (RFC 8428 section 6).
final class SenmlCbor {
    private SenmlCbor() {}

    static void parse(byte[] payload, RecordReader records) throws Malformed {
        var in = new CborReader(payload, Malformed::senml);
        for (int left = in.array(); left > 0; left--) {
            for (int fields = in.map(); fields > 0; fields--) field(in, records);
            records.endRecord();
        }
        in.end();
    }

    private static void field(CborReader in, RecordReader records) throws Malformed {
        if (in.next() == CborReader.TEXT) {
            var name = in.text();
            if (Label.of(name) != null)
                throw Malformed.senml("the field " + name + " is not written by its number");
            records.unknownField(name);
            in.skip();
            return;
        }
        long number = in.whole();
        var label = Label.of(number);
        if (label == null) throw Malformed.senml("there is no field " + number);
        records.field(label);
        switch (label.kind) {
            case NUMBER -> records.number(label, in.number());
            case TEXT -> records.text(label, in.text());
            case FLAG -> records.flag(in.bool());
            case DATA -> records.data(in.bytes());
        }
    }

    static byte[] write(DidKey thing, List<Reading> readings) {
        var baseTime = Senml.baseTime(readings);
        var out = new CborWriter().array(readings.size());
        for (int i = 0; i < readings.size(); i++) {
            var reading = readings.get(i);
            boolean first = i == 0;
            boolean unit = !reading.unit().isEmpty();
            boolean time = !reading.time().equals(baseTime);
            out.map(2 + (first ? 2 : 0) + (unit ? 1 : 0) + (time ? 1 : 0));
            if (first) {
                out.whole(Label.BASE_NAME.number).text(thing + "/");
                out.whole(Label.BASE_TIME.number).number(Seconds.of(baseTime));
            }
            out.whole(Label.NAME.number).text(reading.property());
            if (unit) out.whole(Label.UNIT.number).text(reading.unit());
            if (time) {
                out.whole(Label.TIME.number);
                out.number(Double.parseDouble(Seconds.between(baseTime, reading.time())));
            }
            value(out, reading.value());
        }
        return out.toBytes();
    }

    private static void value(CborWriter out, Value value) {
        switch (value) {
            case Value.Quantity(var number) -> out.whole(Label.VALUE.number).number(number);
            case Value.Sum(var number) -> out.whole(Label.SUM.number).number(number);
            case Value.Text(var text) -> out.whole(Label.TEXT_VALUE.number).text(text);
            case Value.Flag(var flag) -> out.whole(Label.FLAG_VALUE.number).bool(flag);
            case Value.Data(var data) ->
                    out.whole(Label.DATA_VALUE.number).bytes(data.unsafeArray());
        }
    }
}
