// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.carnet.node.points.Owners;
import org.carnet.node.policies.Question;
import org.carnet.node.policies.Question.Circumstances;
import org.carnet.node.policies.Question.Party;
import org.carnet.node.policies.Question.Resource;
import org.carnet.node.problems.Problem;
import org.carnet.node.problems.ProblemType;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Where every access is decided, whoever asks: a visitor, a person, a program, a thing, a platform.
///
/// What it decides about a request is on the record. It keeps nothing about callers: their roles are those that they come
/// with, so a role that is taken away counts from the next request on.
public final class Gate {
    private final Supplier<Policies> policies;
    private final DecisionRecords records;
    private final Supplier<List<Owners>> owners;

    /// @param policies those in force at the moment
    /// @param owners who knows whose something is; asked in this order
    Gate(Supplier<Policies> policies, DecisionRecords records, Supplier<List<Owners>> owners) {
        this.policies = policies;
        this.records = records;
        this.owners = owners;
    }

    /// A resource of a kind that the schema names, with its owner as the node knows it.
    public Resource resource(String kind, String id) {
        var owner =
                owners.get().stream()
                        .map(one -> one.ownerOf(kind, id))
                        .flatMap(Optional::stream)
                        .findFirst();
        return new Resource(kind, id, owner);
    }

    /// Decides, and puts the decision on the record.
    public Decision decide(
            Caller caller, String action, Resource resource, Circumstances circumstances) {
        var decision = ask(caller, action, resource, circumstances);
        records.add(caller, decision);
        return decision;
    }

    /// Decides, and throws the refusal as the answer to the request.
    ///
    /// The answer is the same whether the resource belongs to somebody else or is not there at all.
    public void require(
            Caller caller, String action, Resource resource, Circumstances circumstances) {
        var decision = ask(caller, action, resource, circumstances);
        var record = records.add(caller, decision);
        if (!decision.permitted()) throw refusal(caller, decision, record);
    }

    /// The same where nothing but who, what and what about counts.
    public void require(Caller caller, String action, Resource resource) {
        require(caller, action, resource, Circumstances.REMOTE);
    }

    /// Whether it would be permitted, for what shows only what the caller may see; a list is on the record as a whole.
    public boolean may(
            Caller caller, String action, Resource resource, Circumstances circumstances) {
        return ask(caller, action, resource, circumstances).permitted();
    }

    /// Whether visitors may do what everybody may; asked on the way of every update, so it is one look into a map.
    boolean isOpen(String action, boolean local) {
        var here = local ? Circumstances.LOCAL : Circumstances.REMOTE;
        return policies.get()
                .ask(new Question(Party.VISITOR, action, Resource.NODE, here))
                .permitted();
    }

    private Decision ask(
            Caller caller, String action, Resource resource, Circumstances circumstances) {
        var question = new Question(party(caller), action, resource, circumstances);
        return policies.get().ask(question);
    }

    private static Party party(Caller caller) {
        if (caller.kind() == Caller.Kind.VISITOR) return Party.VISITOR;
        var kind = caller.kind().name();
        return new Party(
                kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT),
                caller.id(),
                caller.roles().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                caller.factors());
    }

    private static Problem refusal(Caller caller, Decision decision, OptionalLong record) {
        if (caller.kind() == Caller.Kind.VISITOR)
            return new Problem(ProblemType.UNAUTHORIZED, "Sign in first.");
        return new Problem(
                ProblemType.FORBIDDEN,
                decision.reason(),
                record.isPresent() ? Map.of("decision", record.getAsLong()) : Map.of());
    }
}
