// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.node.access.Policies;
import org.carnet.node.policies.PolicyFiles;
import org.carnet.node.policies.Question;
import org.carnet.node.policies.RuleBook;
import org.carnet.node.policies.Slices;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Policies of a node, as many as wanted, and the questions that readers of avatars give rise to.
///
/// The policies are those that ship, with one more for each thing that an operator wrote down: this person may read that
/// avatar for that purpose.
final class Decisions {
    private static final int QUESTIONS = 4096;
    private static final List<String> PURPOSES = List.of("", "care", "sport", "animation");
    private static final List<String> ROLES =
            List.of("user", "user", "user", "creator", "moderator", "operator", "auditor");

    private final Policies policies;
    private final Slices slices;
    private final List<Question> questions = new ArrayList<>();

    Decisions(int count) {
        var book = book(count);
        policies = new Policies(book);
        slices = new Slices(book);
        var random = new Random(Ingest.SEED);
        for (int i = 0; i < QUESTIONS; i++) questions.add(question(random, count));
        for (var question : questions)
            if (policies.ask(question).permitted() != slices.askAll(question).permitted())
                throw new IllegalStateException("a slice changed an answer: " + question);
    }

    /// With ten, it is the first ten of those that ship.
    private static RuleBook book(int count) {
        var shipped = read(PolicyFiles.shipped().policies()).rules();
        var files = new HashMap<String, String>();
        var kept = shipped.subList(0, Math.min(count, shipped.size()));
        var text = new StringBuilder();
        for (var rule : kept) text.append(rule.text()).append('\n');
        for (int i = kept.size(); i < count; i++) text.append(grant(i));
        files.put("bench.cedar", text.toString());
        return read(files);
    }

    private static String grant(int number) {
        return """
        @id("grant-%d")
        @reason("A permission that an operator wrote down.")
        permit (
          principal == Person::"person-%d",
          action in [Action::"readAvatar", Action::"followAvatar"],
          resource == Avatar::"avatar-%d"
        )
        when { context.purpose == "care" };
        """
                .formatted(number, number, number);
    }

    private static RuleBook read(java.util.Map<String, String> files) {
        return switch (RuleBook.read(files)) {
            case RuleBook.Reading.Valid(RuleBook book) -> book;
            case RuleBook.Reading.Faulty(var faults) ->
                    throw new IllegalStateException(String.join("; ", faults));
        };
    }

    private static Question question(Random random, int persons) {
        int person = random.nextInt(persons);
        int avatar = random.nextInt(4) == 0 ? random.nextInt(persons) : person;
        var party =
                new Question.Party(
                        "Person",
                        "person-" + person,
                        Set.of(pick(random, ROLES)),
                        Set.of("hwk", "user"));
        var purpose = pick(random, PURPOSES);
        return new Question(
                party,
                random.nextBoolean() ? "readAvatar" : "followAvatar",
                new Question.Resource(
                        "Avatar",
                        "avatar-" + avatar,
                        Optional.of("person-" + random.nextInt(persons))),
                new Question.Circumstances(
                        false,
                        purpose,
                        Set.of("acceleration-x", "acceleration-y"),
                        random.nextBoolean() ? Set.of("care", "sport") : Set.of()));
    }

    private static String pick(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// Asks as a node does on the way of its requests and updates: an equal question is answered from memory.
    Rate.Act kept() {
        return i -> policies.ask(questions.get(i % QUESTIONS));
    }

    /// Asks Cedar every time, about those policies only that speak of the question.
    Rate.Act sliced() {
        return i -> slices.ask(questions.get(i % QUESTIONS));
    }

    /// Asks Cedar every time, about all policies.
    Rate.Act unsliced() {
        return i -> slices.askAll(questions.get(i % QUESTIONS));
    }
}
