// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The fields of a SenML record, by their text and CBOR labels (RFC 8428 sections 4.1, 4.2 and 6).
enum Label {
    BASE_VERSION("bver", -1, Kind.NUMBER),
    BASE_NAME("bn", -2, Kind.TEXT),
    BASE_TIME("bt", -3, Kind.NUMBER),
    BASE_UNIT("bu", -4, Kind.TEXT),
    BASE_VALUE("bv", -5, Kind.NUMBER),
    BASE_SUM("bs", -6, Kind.NUMBER),
    NAME("n", 0, Kind.TEXT),
    UNIT("u", 1, Kind.TEXT),
    VALUE("v", 2, Kind.NUMBER),
    TEXT_VALUE("vs", 3, Kind.TEXT),
    FLAG_VALUE("vb", 4, Kind.FLAG),
    SUM("s", 5, Kind.NUMBER),
    TIME("t", 6, Kind.NUMBER),
    UPDATE_TIME("ut", 7, Kind.NUMBER),
    DATA_VALUE("vd", 8, Kind.DATA);

    enum Kind {
        NUMBER,
        TEXT,
        FLAG,
        DATA
    }

    final String text;
    final long number;
    final Kind kind;

    Label(String text, long number, Kind kind) {
        this.text = text;
        this.number = number;
        this.kind = kind;
    }

    private static final Map<Object, Label> BY_LABEL = new HashMap<>();

    static {
        for (var label : values()) {
            BY_LABEL.put(label.text, label);
            BY_LABEL.put(label.number, label);
        }
    }

    /// The field of a JSON member or XML attribute, or null where it is none of RFC 8428.
    static @Nullable Label of(String text) {
        return BY_LABEL.get(text);
    }

    /// The field of a CBOR label, or null where it is none of RFC 8428.
    static @Nullable Label of(long number) {
        return BY_LABEL.get(number);
    }
}
