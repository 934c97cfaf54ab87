// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Resolves SenML records (RFC 8428 section 4.6) field by field, whatever form they are written in.
///
/// A form's parser calls [#field] or [#unknownField] for each field, then the setter of its kind, and [#endRecord] last.
final class RecordReader {
    private static final int MOST_RECORDS = 4096;
    private static final int VERSION = 10;

    /// Times below this many seconds are relative to now (RFC 8428 section 4.5.3); it was in 1978.
    static final double ABSOLUTE = 1 << 28;

    private static final Set<Label> BASE = EnumSet.range(Label.BASE_VERSION, Label.BASE_SUM);

    private final String prefix;
    private final Instant signedAt;
    private final List<Reading> readings = new ArrayList<>();

    private final Set<Label> seen = EnumSet.noneOf(Label.class);

    private String baseName = "";
    private String baseUnit = "";
    private double baseTime;
    private double baseValue;
    private double baseSum;

    private int records;
    private @Nullable Set<String> unknown;
    private String name = "";
    private String unit = "";
    private double time;
    private @Nullable Value value;

    /// @param prefix what every resolved name starts with, before the property
    RecordReader(String prefix, Instant signedAt) {
        this.prefix = prefix;
        this.signedAt = signedAt;
    }

    /// Takes note of a field of the current record.
    void field(Label label) throws Malformed {
        if (!seen.add(label)) throw twice(label.text);
    }

    /// A field that RFC 8428 does not know may be passed over, unless its name says otherwise.
    void unknownField(String label) throws Malformed {
        if (label.endsWith("_"))
            throw Malformed.senml(
                    "the field " + Malformed.quote(label) + " has to be understood, and is not");
        if (unknown == null) unknown = new HashSet<>();
        if (!unknown.add(label)) throw twice(Malformed.quote(label));
    }

    private static Malformed twice(String label) {
        return Malformed.senml("the field " + label + " stands twice in one record");
    }

    void number(Label label, double number) throws Malformed {
        if (!Double.isFinite(number)) throw Malformed.senml(label.text + " is not a finite number");
        switch (label) {
            case BASE_VERSION -> {
                if (number < 1 || number > VERSION || number != Math.rint(number))
                    throw Malformed.senml("the SenML version is not one from 1 to " + VERSION);
            }
            case BASE_TIME -> baseTime = number;
            case BASE_VALUE -> baseValue = number;
            case BASE_SUM -> baseSum = number;
            case TIME -> time = number;
            case VALUE -> value(new Value.Quantity(number));
            case SUM -> value(new Value.Sum(number));
            default -> {} // the update time is a promise that nobody here relies on
        }
    }

    void text(Label label, String text) throws Malformed {
        switch (label) {
            case BASE_NAME -> baseName = text;
            case BASE_UNIT -> baseUnit = text;
            case NAME -> name = text;
            case UNIT -> unit = text;
            default -> value(text(text));
        }
    }

    private static Value text(String text) throws Malformed {
        try {
            return new Value.Text(text);
        } catch (IllegalArgumentException e) {
            throw Malformed.senml(String.valueOf(e.getMessage()));
        }
    }

    void flag(boolean flag) throws Malformed {
        value(new Value.Flag(flag));
    }

    void data(byte[] data) throws Malformed {
        value(new Value.Data(Bytes.unsafe(data)));
    }

    private void value(Value one) throws Malformed {
        if (value != null) throw Malformed.senml("a record has more than one value or sum");
        value = one;
    }

    void endRecord() throws Malformed {
        if (++records > MOST_RECORDS)
            throw Malformed.senml("a pack has more than " + MOST_RECORDS + " records");
        if (value != null) resolve(value);
        else if (seen.isEmpty() || !BASE.containsAll(seen))
            throw Malformed.senml("a record has neither a value nor a sum");
        seen.clear();
        unknown = null;
        name = "";
        unit = "";
        time = 0;
        value = null;
    }

    private void resolve(Value value) throws Malformed {
        try {
            readings.add(
                    new Reading(
                            property(), time(), resolved(value), unit.isEmpty() ? baseUnit : unit));
        } catch (IllegalArgumentException e) {
            throw Malformed.senml(String.valueOf(e.getMessage()));
        }
    }

    private String property() throws Malformed {
        if (baseName.equals(prefix)) return name;
        var full = baseName + name;
        if (!full.startsWith(prefix))
            throw Malformed.senml(
                    "the name "
                            + Malformed.quote(full)
                            + " is not of the thing that the envelope names");
        return full.substring(prefix.length());
    }

    private Instant time() throws Malformed {
        double resolved = baseTime + time;
        double seconds = resolved < ABSOLUTE ? Seconds.of(signedAt) + resolved : resolved;
        if (!Seconds.isInstant(seconds)) throw Malformed.senml("a time is out of range");
        return Seconds.instant(seconds);
    }

    /// Base values are added to the values that are there, and stand for none that is not.
    private Value resolved(Value value) {
        return switch (value) {
            case Value.Quantity(var number) when baseValue != 0 ->
                    new Value.Quantity(baseValue + number);
            case Value.Sum(var number) when baseSum != 0 -> new Value.Sum(baseSum + number);
            case Value.Quantity quantity -> quantity;
            case Value.Sum sum -> sum;
            case Value.Text text -> text;
            case Value.Flag flag -> flag;
            case Value.Data data -> data;
        };
    }

    List<Reading> end() throws Malformed {
        if (readings.isEmpty()) throw Malformed.senml("the pack is empty");
        return List.copyOf(readings);
    }
}
