// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the lines of a [TlogPolicy].
///
/// The file is octets; names are compared as such, so they are held one char an octet until the policy shows them.
final class PolicyReader {
    private static final int LONGEST = 1 << 20;
    private static final String NONE = "none";
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,5}");

    private final List<TlogPolicy.Log> logs = new ArrayList<>();
    private final List<TlogPolicy.Witness> witnesses = new ArrayList<>();
    private final Map<String, TlogPolicy.Member> members = new HashMap<>();
    private final Set<String> grouped = new HashSet<>();
    private final Set<Bytes> logKeys = new HashSet<>();
    private final Set<Bytes> witnessKeys = new HashSet<>();
    private boolean hasQuorum;
    private Optional<TlogPolicy.Member> quorum = Optional.empty();

    private PolicyReader() {}

    static TlogPolicy read(Bytes encoded) {
        if (encoded.length() > LONGEST) throw malformed("it is longer than a mebibyte");
        var text = new String(encoded.unsafeArray(), StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\n")) throw malformed("its last line does not end");
        var reader = new PolicyReader();
        var lines = text.substring(0, text.length() - 1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            try {
                reader.line(lines[i]);
            } catch (IllegalArgumentException wrong) {
                throw malformed("line " + (i + 1) + ": " + wrong.getMessage());
            }
        }
        if (!reader.hasQuorum) throw malformed("it has no quorum");
        return new TlogPolicy(reader.logs, reader.witnesses, reader.quorum);
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("the policy is not one: " + why);
    }

    private void line(String line) {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new IllegalArgumentException("a control character");
        }
        var blank = BLANKS.matcher(line);
        var trimmed = blank.lookingAt() ? line.substring(blank.end()) : line;
        if (trimmed.isEmpty() || trimmed.startsWith("#")) return;
        var items = List.of(BLANKS.split(trimmed));
        switch (items.getFirst()) {
            case "log" -> log(items);
            case "witness" -> witness(items);
            case "group" -> group(items);
            case "quorum" -> quorum(items);
            default -> throw new IllegalArgumentException("it begins with no known word");
        }
    }

    private void log(List<String> items) {
        require(items.size() == 2 || items.size() == 3, "a log is 'log VKEY [URL]'");
        var verifier = verifier(items.get(1));
        require(logKeys.add(verifier.publicKey()), "the key of the log is there twice");
        logs.add(new TlogPolicy.Log(verifier, url(items, 2)));
    }

    private void witness(List<String> items) {
        require(items.size() == 3 || items.size() == 4, "a witness is 'witness NAME VKEY [URL]'");
        var verifier = verifier(items.get(2));
        require(witnessKeys.add(verifier.publicKey()), "the key of the witness is there twice");
        var witness = new TlogPolicy.Witness(shown(items.get(1)), verifier, url(items, 3));
        define(items.get(1), witness);
        witnesses.add(witness);
    }

    private void group(List<String> items) {
        require(items.size() >= 4, "a group is 'group NAME all|any|NUMBER NAME...'");
        var listed = items.subList(3, items.size());
        int threshold =
                switch (items.get(2)) {
                    case "all" -> listed.size();
                    case "any" -> 1;
                    default -> threshold(items.get(2));
                };
        var found = new ArrayList<TlogPolicy.Member>();
        for (var name : listed) {
            found.add(defined(name));
            require(grouped.add(name), "'" + shown(name) + "' is a member already");
        }
        define(items.get(1), new TlogPolicy.Group(shown(items.get(1)), threshold, found));
    }

    private void quorum(List<String> items) {
        require(items.size() == 2, "a quorum is 'quorum NAME'");
        require(!hasQuorum, "a second quorum");
        hasQuorum = true;
        if (!items.get(1).equals(NONE)) quorum = Optional.of(defined(items.get(1)));
    }

    private static int threshold(String text) {
        require(THRESHOLD.matcher(text).matches(), "the threshold is not all, any or a number");
        return Integer.parseInt(text);
    }

    private void define(String name, TlogPolicy.Member member) {
        require(!name.equals(NONE), "'none' is predefined");
        require(members.put(name, member) == null, "'" + shown(name) + "' is defined twice");
    }

    private TlogPolicy.Member defined(String name) {
        var member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("'" + shown(name) + "' is not defined before");
        }
        return member;
    }

    private static NoteVerifier verifier(String vkey) {
        try {
            return NoteVerifier.parse(utf8(vkey));
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("the vkey is not UTF-8");
        }
    }

    private static Optional<String> url(List<String> items, int at) {
        return items.size() > at ? Optional.of(shown(items.get(at))) : Optional.empty();
    }

    /// The text for people: UTF-8 by recommendation, one char an octet otherwise.
    private static String shown(String octets) {
        try {
            return utf8(octets);
        } catch (CharacterCodingException notUtf8) {
            return octets;
        }
    }

    private static String utf8(String octets) throws CharacterCodingException {
        var bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new IllegalArgumentException(otherwise);
    }
}
