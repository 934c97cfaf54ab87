// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an auditor asks: which time, whose data, from which record on, and whether to show the data themselves.
record Question(
        Instant from,
        Instant until,
        Optional<String> subject,
        Optional<String> thing,
        long first,
        boolean details) {
    private static final int MOST_CHARACTERS = 1024;
    private static final List<String> MEMBERS =
            List.of("from", "until", "subject", "thing", "first", "details");

    static Question parse(JsonNode body) {
        if (!body.isObject() || !MEMBERS.containsAll(body.propertyNames())) {
            throw malformed("a question has no members but " + MEMBERS);
        }
        var question =
                new Question(
                        time(body, "from"),
                        time(body, "until"),
                        name(body, "subject"),
                        name(body, "thing"),
                        index(body.path("first")),
                        flag(body.path("details")));
        if (!question.from.isBefore(question.until))
            throw malformed("\"from\" is before \"until\"");
        return question;
    }

    private static Instant time(JsonNode body, String name) {
        try {
            var time = Instant.parse(body.path(name).asString(""));
            if (time.toEpochMilli() >= 0) return time;
        } catch (DateTimeException | ArithmeticException malformed) {
            // Said below.
        }
        throw malformed("\"%s\" is a time such as 2026-11-20T12:00:00Z".formatted(name));
    }

    private static Optional<String> name(JsonNode body, String name) {
        var text = body.path(name);
        if (text.isMissingNode()) return Optional.empty();
        if (!text.isString()
                || text.stringValue().isEmpty()
                || text.stringValue().length() > MOST_CHARACTERS) {
            throw malformed("\"%s\" has 1 to %d characters".formatted(name, MOST_CHARACTERS));
        }
        return Optional.of(text.stringValue());
    }

    private static long index(JsonNode first) {
        if (first.isMissingNode()) return 0;
        if (first.isIntegralNumber() && first.canConvertToLong() && first.longValue() >= 0) {
            return first.longValue();
        }
        throw malformed("\"first\" is the index of a record");
    }

    private static boolean flag(JsonNode details) {
        if (details.isMissingNode()) return true;
        if (details.isBoolean()) return details.booleanValue();
        throw malformed("\"details\" is true or false");
    }

    private static Problem malformed(String sentence) {
        return new Problem(ProblemType.MALFORMED_REQUEST, sentence);
    }
}
