// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Cases: questions with the answer that the policies are expected to give, one on each line.
///
/// ```text
/// person bob (user)  readAvatar  Avatar:walker of alice, for care, asking pulse, shared for care  -> permit by shared
/// visitor            eraseSubject  Node                                                            -> refuse
/// ```
///
/// A line that starts with `#` is a remark. `here` says that the request comes from the node's own machine, `with` how the
/// party proved itself.
public final class PolicyCases {
    private static final Pattern LINE =
            Pattern.compile(
                    "(?<kind>visitor|person|service|thing|platform|processor)(?:"
                            + " (?<name>[^\\s(]+))?(?: \\((?<roles>[a-z, ]+)\\))?(?: with"
                            + " (?<factors>[a-z0-9,]+))? (?<action>[A-Za-z]+)"
                            + " (?<type>[A-Z][A-Za-z]*)(?::(?<id>[^\\s,]+))?(?: of"
                            + " (?<owner>[^\\s,]+))?(?<more>(?:, [^,>]+(?:,[^,>\\s]+)*)*) ->"
                            + " (?<answer>permit|refuse)(?: by (?<by>[a-z0-9, -]+))?");

    private PolicyCases() {}

    /// One line.
    ///
    /// @param by the policies that must have decided, no other; empty if that does not matter
    public record Case(int line, String text, Question question, boolean permit, Set<String> by) {
        /// Empty when the policies answer as expected, else what is different.
        public Optional<String> run(Slices policies) {
            var verdict = policies.ask(question);
            var told =
                    PolicyFiles.CASES
                            + ":"
                            + line
                            + ": "
                            + text
                            + "\n    but it is "
                            + (verdict.permitted() ? "permitted" : "refused")
                            + (verdict.by().isEmpty() ? " by none" : " by " + verdict.by());
            if (!verdict.errors().isEmpty()) return Optional.of(told + " " + verdict.errors());
            boolean same =
                    verdict.permitted() == permit
                            && (by.isEmpty() || by.equals(Set.copyOf(verdict.by())));
            return same ? Optional.empty() : Optional.of(told);
        }
    }

    /// @throws IllegalArgumentException if a line is no case
    public static List<Case> parse(String text) {
        var lines = text.lines().toList();
        return java.util.stream.IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("#"))
                .mapToObj(i -> one(i + 1, lines.get(i).strip().replaceAll("\\s+", " ")))
                .toList();
    }

    private static Case one(int number, String line) {
        var read = LINE.matcher(line);
        if (!read.matches()) {
            throw new IllegalArgumentException(
                    PolicyFiles.CASES + ":" + number + ": this is no case: " + line);
        }
        return new Case(
                number,
                line,
                question(read),
                read.group("answer").equals("permit"),
                list(read.group("by")));
    }

    /// A question in the words of a case, without the answer.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Question question(String text) {
        return one(1, text.strip().replaceAll("\\s+", " ") + " -> refuse").question();
    }

    private static Question question(Matcher read) {
        var kind = read.group("kind");
        var type = kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + kind.substring(1);
        var name = read.group("name");
        if ((name == null) != kind.equals("visitor")) {
            throw new IllegalArgumentException(
                    "everybody but a visitor has a name: " + read.group());
        }
        var party =
                name == null
                        ? Question.Party.VISITOR
                        : new Question.Party(
                                type, name, list(read.group("roles")), list(read.group("factors")));
        var id = read.group("id");
        var resource =
                read.group("type").equals("Node")
                        ? Question.Resource.NODE
                        : new Question.Resource(
                                read.group("type"),
                                id == null ? "any" : id,
                                Optional.ofNullable(read.group("owner")));
        return new Question(
                party, read.group("action"), resource, circumstances(read.group("more")));
    }

    private static Question.Circumstances circumstances(String text) {
        boolean here = false;
        var purpose = "";
        Set<String> properties = Set.of();
        Set<String> purposes = Set.of();
        for (var part : Stream.of(text.split(", ")).skip(1).toList()) {
            if (part.equals("here")) here = true;
            else if (part.startsWith("for ")) purpose = part.substring("for ".length());
            else if (part.startsWith("asking ")) properties = list(part.substring(7));
            else if (part.startsWith("shared for ")) purposes = list(part.substring(11));
            else throw new IllegalArgumentException("what does \"" + part + "\" say?");
        }
        return new Question.Circumstances(here, purpose, properties, purposes);
    }

    private static Set<String> list(@org.jspecify.annotations.Nullable String text) {
        var list = new TreeSet<String>();
        if (text != null)
            Stream.of(text.split("[, ]+")).filter(one -> !one.isEmpty()).forEach(list::add);
        return list;
    }
}
