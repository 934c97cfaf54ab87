// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.policies.Question;
import org.carnet.node.policies.Rule;
import org.carnet.node.policies.RuleBook;
import org.carnet.node.policies.Slices;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One set of policies at work, with the answers it has given.
///
/// The answers live and die with the set, and the roles of who asks and the owner of what is asked about are part of each
/// question: so no answer outlives what it rests on.
public final class Policies {
    private static final int MOST_KEPT = 100_000;

    private final RuleBook book;
    private final Slices slices;
    private final Map<Question, Decision> kept = new ConcurrentHashMap<>();

    public Policies(RuleBook book) {
        this.book = book;
        this.slices = new Slices(book);
    }

    RuleBook book() {
        return book;
    }

    /// The answer, from memory if the same was asked before.
    public Decision ask(Question question) {
        var known = kept.get(question);
        return known == null ? askAnew(question) : known;
    }

    /// The answer of the policies themselves.
    public Decision askAnew(Question question) {
        var verdict = slices.ask(question);
        var decision =
                new Decision(
                        question,
                        verdict.permitted(),
                        verdict.by().stream()
                                .map(book::rule)
                                .flatMap(Optional<Rule>::stream)
                                .toList(),
                        verdict.errors(),
                        book.version());
        if (kept.size() >= MOST_KEPT) kept.clear();
        kept.put(question, decision);
        return decision;
    }
}
