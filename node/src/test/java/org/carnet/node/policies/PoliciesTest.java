// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.toSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

final class PoliciesTest {
    private static final List<String> ROLES =
            List.of("user", "creator", "moderator", "operator", "administrator", "auditor");
    private static final List<String> PURPOSES = List.of("", "care", "sport");

    @Test
    void thePoliciesThatShipAreValidAndAnswerAsTheirCasesExpect() {
        assertThat(PolicyFiles.shipped().read()).isInstanceOf(RuleBook.Reading.Valid.class);
    }

    @Test
    void everyPolicyThatShipsDecidesSomeCase() {
        var decided =
                PolicyCases.parse(PolicyFiles.shipped().cases()).stream()
                        .flatMap(one -> one.by().stream())
                        .collect(toSet());
        assertThat(shipped().rules())
                .extracting(Rule::id)
                .filteredOn(id -> !decided.contains(id))
                .containsExactlyInAnyOrder(
                        "users-look",
                        "users-list",
                        "creators-look",
                        "moderators-look",
                        "operators-search",
                        "operators-decisions",
                        "administrators-look",
                        "administrators-decisions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit (principal, action, resource)",
                "permit (principal, action, resource);",
                "@id(\"x\") permit (principal, action, resource);",
                "@id(\"X y\") @reason(\"z\") permit (principal, action, resource);",
                "@id(\"x\") @reason(\"z\") permit (principal, action == Action::\"fly\","
                        + " resource);",
                "@id(\"x\") @reason(\"z\") permit (principal, action, resource == ?resource);",
                "@id(\"x\") @reason(\"z\") permit (principal, action, resource) when { resource.age"
                        + " > 3 };",
                "@id(\"users-ask\") @reason(\"z\") permit (principal, action == Action::\"backUp\","
                        + " resource);",
                "@id(\"x\") @reason(\"z\") permit (principal, action, resource);",
            })
    void whatDoesNotFitTheSchemaHasNoReasonOrAnswersOtherwiseIsNoSet(String added) {
        var files = new TreeMap<>(PolicyFiles.shipped().policies());
        files.put("added.cedar", added);
        var reading = new PolicyFiles(files, PolicyFiles.shipped().cases()).read();
        assertThat(reading).isInstanceOf(RuleBook.Reading.Faulty.class);
    }

    /// The slices leave policies out; whatever is asked, that changes no answer.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void askingOnlyThePoliciesThatSpeakOfAQuestionAnswersAsAskingAll(long seed) {
        var random = new Random(seed);
        var book = withMore(random);
        var slices = new Slices(book);
        var actions = List.copyOf(book.actions().all().keySet());
        int permitted = 0;
        for (int i = 0; i < 400; i++) {
            var question = any(random, book, actions);
            var sliced = slices.ask(question);
            var full = slices.askAll(question);
            assertThat(sliced).as("seed " + seed + " " + question).isEqualTo(full);
            if (sliced.permitted()) permitted++;
        }
        assertThat(permitted).isBetween(20, 380);
    }

    private static RuleBook shipped() {
        return ((RuleBook.Reading.Valid) PolicyFiles.shipped().read()).book();
    }

    /// The shipped policies, and some with every shape of head.
    private static RuleBook withMore(Random random) {
        var heads =
                List.of(
                        "principal == Person::\"bob\", action, resource",
                        "principal in Role::\"creator\", action in Action::\"readData\", resource"
                                + " is Avatar",
                        "principal is Service in Role::\"user\", action, resource",
                        "principal, action in [Action::\"own\", Action::\"look\"], resource =="
                                + " Thing::\"a\"",
                        "principal is Thing, action == Action::\"readThing\", resource in"
                                + " Thing::\"a\"",
                        "principal, action, resource is Avatar in Avatar::\"a\"",
                        "principal in Person::\"carol\", action, resource");
        var text = new StringBuilder();
        for (int i = 0; i < heads.size(); i++) {
            text.append(
                    "@id(\"more-%d\") @reason(\"r\") %s (%s) when { context.local || %s };\n"
                            .formatted(
                                    i,
                                    random.nextInt(4) == 0 ? "forbid" : "permit",
                                    heads.get(i),
                                    random.nextBoolean()));
        }
        var files = new TreeMap<>(PolicyFiles.shipped().policies());
        files.put("more.cedar", text.toString());
        return switch (RuleBook.read(files)) {
            case RuleBook.Reading.Valid(RuleBook book) -> book;
            case RuleBook.Reading.Faulty(List<String> faults) ->
                    throw new AssertionError(faults.toString());
        };
    }

    private static Question any(Random random, RuleBook book, List<String> actions) {
        var action = pick(random, actions);
        var types =
                List.of(
                                "Node",
                                "Thing",
                                "Avatar",
                                "Mapping",
                                "Account",
                                "Subject",
                                "Decision",
                                "Record",
                                "Signal",
                                "Credential",
                                "Identity")
                        .stream()
                        .filter(type -> book.actions().apply(action, type))
                        .toList();
        var names = List.of("alice", "bob", "carol", "a", "quote\"back\\slash\n");
        var party =
                random.nextInt(8) == 0
                        ? Question.Party.VISITOR
                        : new Question.Party(
                                pick(
                                        random,
                                        List.of(
                                                "Person",
                                                "Person",
                                                "Service",
                                                "Thing",
                                                "Platform",
                                                "Processor")),
                                pick(random, names),
                                java.util.stream.Stream.of(pick(random, ROLES), pick(random, ROLES))
                                        .filter(_ -> random.nextInt(3) > 0)
                                        .collect(toSet()),
                                Set.of("hwk"));
        var owner =
                random.nextBoolean() ? Optional.of(pick(random, names)) : Optional.<String>empty();
        var type = pick(random, types);
        return new Question(
                party,
                action,
                type.equals("Node")
                        ? Question.Resource.NODE
                        : new Question.Resource(type, pick(random, names), owner),
                new Question.Circumstances(
                        random.nextBoolean(),
                        pick(random, PURPOSES),
                        Set.of("pulse"),
                        Set.of(pick(random, PURPOSES))));
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
