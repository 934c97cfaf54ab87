// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import org.carnet.Bytes;
import org.carnet.identity.Multibase;
import org.carnet.jose.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// All that one platform stores, sees and can open, cut into traces that could be compared with somebody else's: words,
/// what they are in any encoding, keys, numbers that are long enough to mean something, and times.
final class Sightings {
    private static final int DEEPEST = 5;
    private static final int SHORTEST_WORD = 8;
    private static final int SHORTEST_BYTES = 16;
    private static final int KEY = 32;
    private static final Pattern ZEROS = Pattern.compile("\\x00+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_+/=-]{" + SHORTEST_WORD + ",}");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.-])([0-9]{4,16})(\\.[0-9]+)?(E[0-9]+)?(?![\\w-])");
    private static final Pattern TIME =
            Pattern.compile(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
    private static final double EARLIEST = 1.6e9;
    private static final double LATEST = 4.0e9;

    private final Set<String> traces = new HashSet<>();

    void add(Bytes bytes) {
        // Files are laid out in advance, and most of that is still nothing.
        add(
                ZEROS.matcher(new String(bytes.toArray(), StandardCharsets.ISO_8859_1))
                        .replaceAll(" "));
    }

    void add(String text) {
        add(text, 0);
    }

    private void add(String text, int depth) {
        var words = WORD.matcher(TIME.matcher(text).replaceAll(" "));
        while (words.find()) if (!isNumber(words.group())) word(words.group(), depth);
        var numbers = NUMBER.matcher(text);
        while (numbers.find()) number(numbers.group());
        var times = TIME.matcher(text);
        while (times.find())
            time(OffsetDateTime.parse(times.group()).toInstant(), times.group(1) != null);
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    private void word(String word, int depth) {
        traces.add("word " + word);
        for (var bytes : decoded(word)) {
            if (bytes.length() < SHORTEST_BYTES) continue;
            traces.add("bytes " + bytes.toHex());
            // A key is the same with a prefix that says of which kind it is, and in a JWK without.
            if (bytes.length() > KEY)
                traces.add("bytes " + bytes.slice(bytes.length() - KEY, bytes.length()).toHex());
            var inside = Json.utf8(bytes);
            if (inside != null && depth < DEEPEST) add(inside, depth + 1);
        }
    }

    /// What a word is in every encoding that it could be in.
    private static List<Bytes> decoded(String word) {
        var all = new ArrayList<Bytes>();
        var plain = word.replaceAll("=+$", "");
        try {
            all.add(Bytes.base64Url(plain.replace('+', '-').replace('/', '_')));
        } catch (IllegalArgumentException e) {
            // it is not base64
        }
        try {
            // PostgreSQL writes a backslash and an x before it.
            var digits = plain.startsWith("x") ? plain.substring(1) : plain;
            all.add(Bytes.copyOf(HexFormat.of().parseHex(digits)));
        } catch (IllegalArgumentException e) {
            // it is not hexadecimal
        }
        if (plain.startsWith("z") || plain.startsWith("u")) {
            try {
                all.add(Multibase.decode(plain));
            } catch (IllegalArgumentException e) {
                // it is not multibase
            }
        }
        return all;
    }

    private void number(String text) {
        double value = Double.parseDouble(text);
        boolean fraction = text.indexOf('.') >= 0 && value != Math.rint(value);
        if (value > EARLIEST && value < LATEST) time(instant(value), fraction);
        else if (value > EARLIEST * 1000 && value < LATEST * 1000)
            time(instant(value / 1000), true);
        else traces.add("number " + text);
    }

    private static Instant instant(double seconds) {
        return Instant.EPOCH.plus(Math.round(seconds * 1_000_000), ChronoUnit.MICROS);
    }

    /// A whole day is shared by everybody of that day; a second is told apart from a moment, which is of microseconds.
    private void time(Instant time, boolean fine) {
        if (time.equals(time.truncatedTo(ChronoUnit.DAYS))) return;
        traces.add(
                fine
                        ? "moment " + time.truncatedTo(ChronoUnit.MICROS)
                        : "second " + time.getEpochSecond());
    }

    /// What is here and there.
    Set<String> shared(Sightings other) {
        var shared = new TreeSet<>(traces);
        shared.retainAll(other.traces);
        return shared;
    }

    /// Whether the word is anywhere in it, in whatever encoding.
    boolean knows(String word) {
        return traces.contains("word " + word);
    }
}
