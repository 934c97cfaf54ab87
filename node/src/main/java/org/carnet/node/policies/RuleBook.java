// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;

import org.carnet.Bytes;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A valid set of policies: every one fits the schema, and has an id of its own and a reason.
///
/// It never changes; an edited set is another book with another [#version].
public final class RuleBook {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Actions actions;
    private final List<Rule> rules;
    private final Map<String, Rule> byId = new HashMap<>();
    private final String version;

    private RuleBook(Actions actions, List<Rule> rules, String version) {
        this.actions = actions;
        this.rules = List.copyOf(rules);
        this.version = version;
        rules.forEach(rule -> byId.put(rule.id(), rule));
    }

    /// What came of reading: a book, or what is wrong with the files.
    public sealed interface Reading {
        record Valid(RuleBook book) implements Reading {}

        /// @param faults one sentence each, that names the file
        record Faulty(List<String> faults) implements Reading {}
    }

    /// Reads policies against the schema that ships with the node.
    ///
    /// @param files the text of each file, by its name
    public static Reading read(Map<String, String> files) {
        return read(Shipped.schema(), files);
    }

    static Reading read(String schemaText, Map<String, String> files) {
        var faults = new ArrayList<String>();
        var rules = new ArrayList<Rule>();
        try {
            var schema = Schema.parse(Schema.JsonOrCedar.Cedar, schemaText);
            var actions =
                    Actions.of(JsonMapper.shared().readTree(schema.toJsonFormat().toString()));
            new TreeMap<>(files).forEach((file, text) -> parse(file, text, actions, rules, faults));
            var byFile = new HashMap<String, String>();
            for (var rule : rules) {
                var other = byFile.putIfAbsent(rule.id(), rule.file());
                if (other != null)
                    faults.add(
                            "%s: another policy has the id \"%s\", in %s"
                                    .formatted(rule.file(), rule.id(), other));
            }
            if (faults.isEmpty()) validate(schema, rules, byFile, faults);
            if (!faults.isEmpty()) return new Reading.Faulty(faults);
            return new Reading.Valid(new RuleBook(actions, rules, version(schemaText, files)));
        } catch (InternalException | com.fasterxml.jackson.core.JsonProcessingException e) {
            return new Reading.Faulty(List.of("the schema: " + e.getMessage()));
        }
    }

    private static void parse(
            String file, String text, Actions actions, List<Rule> rules, List<String> faults) {
        try {
            var set = PolicySet.parsePolicies(text);
            if (set.getNumTemplates() > 0) faults.add(file + ": templates are not used here");
            var ordered = new ArrayList<>(set.policies);
            ordered.sort(Comparator.comparingInt(policy -> text.indexOf(policy.getSource())));
            for (var policy : ordered) rule(file, policy, actions, faults).ifPresent(rules::add);
        } catch (InternalException e) {
            faults.add(file + ": " + plain(e));
        }
    }

    private static Optional<Rule> rule(
            String file, Policy policy, Actions actions, List<String> faults)
            throws InternalException {
        var said = policy.getAnnotations();
        var id = said.getOrDefault("id", "");
        var reason = said.getOrDefault("reason", "").strip();
        if (!ID.matcher(id).matches()) {
            faults.add(
                    file
                            + ": every policy has an @id(\"…\") of lower-case letters, digits and"
                            + " hyphens; this one has not: "
                            + firstLine(policy.getSource()));
            return Optional.empty();
        }
        if (reason.isEmpty() || reason.length() > 400) {
            faults.add(file + ": " + id + " has no @reason(\"…\") of 1 to 400 characters");
            return Optional.empty();
        }
        var json = JsonMapper.shared().readTree(policy.toJson());
        return Optional.of(
                new Rule(
                        id,
                        file,
                        json.path("effect").asString("").equals("forbid"),
                        reason,
                        policy.getSource(),
                        Scope.of(json, actions)));
    }

    private static void validate(
            Schema schema, List<Rule> rules, Map<String, String> files, List<String> faults) {
        try {
            var answer =
                    new BasicAuthorizationEngine()
                            .validate(new ValidationRequest(schema, Slices.set(rules)));
            answer.errors.ifPresent(errors -> errors.forEach(error -> faults.add(error.message)));
            answer.success.ifPresent(
                    success ->
                            success.validationErrors.forEach(
                                    error ->
                                            faults.add(
                                                    files.getOrDefault(error.getPolicyId(), "")
                                                            + ": "
                                                            + error.getError().message)));
        } catch (AuthException e) {
            faults.add(plain(e));
        }
    }

    private static String plain(AuthException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("^Internal error: (Internal JNI Error: )?", "");
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }

    private static String version(String schema, Map<String, String> files) {
        var all = new StringBuilder(schema);
        new TreeMap<>(files)
                .forEach((file, text) -> all.append('\0').append(file).append('\0').append(text));
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return Bytes.unsafe(hash).toHex().substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// What tells this set from every other: the start of a hash over schema and files.
    public String version() {
        return version;
    }

    public Actions actions() {
        return actions;
    }

    /// In the order of files, and within each as they stand there.
    public List<Rule> rules() {
        return rules;
    }

    public Optional<Rule> rule(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
