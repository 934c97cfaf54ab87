// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Asks Cedar about a question, with those policies only whose head fits it.
///
/// The engine's cost grows with the number of policies, so a thousand policies of which four speak of the question cost as
/// much as four. Sets once put together are kept for the next question that the same policies speak of.
public final class Slices {
    private static final int MOST_KEPT = 1024;

    /// The names of types, which the engine reads slowly; there are as many as the schema has.
    private static final Map<String, EntityTypeName> TYPES = new ConcurrentHashMap<>();

    private final RuleBook book;

    /// The policies whose head fits an action, whoever asks and whatever about.
    private final Map<String, List<Rule>> ofAction = new HashMap<>();

    private final Map<String, Entity> actions = new ConcurrentHashMap<>();
    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final Map<List<String>, PolicySet> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<String>, PolicySet> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    public Slices(RuleBook book) {
        this.book = book;
        for (var action : book.actions().all().keySet())
            ofAction.put(
                    action,
                    book.rules().stream().filter(rule -> rule.scope().speaksOf(action)).toList());
    }

    /// What the policies answer.
    public Verdict ask(Question question) {
        var speaking =
                ofAction.getOrDefault(question.action(), book.rules()).stream()
                        .filter(rule -> rule.scope().fits(question))
                        .toList();
        if (speaking.isEmpty()) return new Verdict(false, List.of(), List.of());
        return ask(question, slice(speaking));
    }

    /// The same answer the slow way: every policy is asked. For comparison.
    public Verdict askAll(Question question) {
        return ask(question, slice(book.rules()));
    }

    private PolicySet slice(List<Rule> rules) {
        var ids = rules.stream().map(Rule::id).toList();
        synchronized (kept) {
            return kept.computeIfAbsent(ids, _ -> parsed(rules));
        }
    }

    private static PolicySet parsed(List<Rule> rules) {
        var set = set(rules);
        try {
            set.cache();
        } catch (CacheException full) {
            // Then the engine reads the text each time: slower, with the same answer.
        }
        return set;
    }

    static PolicySet set(List<Rule> rules) {
        return new PolicySet(
                rules.stream()
                        .map(rule -> new Policy(rule.text(), rule.id()))
                        .collect(Collectors.toSet()));
    }

    private Verdict ask(Question question, PolicySet policies) {
        var entities = new HashSet<Entity>();
        var party = party(question.party());
        var about = resource(question.resource());
        var action = actions.computeIfAbsent(question.action(), this::action);
        // A thing may ask about itself; the engine takes each entity once.
        entities.add(party.getEUID().equals(about.getEUID()) ? merged(party, about) : party);
        if (!party.getEUID().equals(about.getEUID())) entities.add(about);
        entities.add(action);
        var request =
                new AuthorizationRequest(
                        party.getEUID(),
                        action.getEUID(),
                        about.getEUID(),
                        context(question.circumstances()));
        try {
            var response = engine.isAuthorized(request, policies, entities);
            if (response.success.isEmpty()) {
                return new Verdict(false, List.of(), List.of(String.valueOf(response.errors)));
            }
            var answer = response.success.get();
            return new Verdict(
                    answer.isAllowed(),
                    List.copyOf(answer.getReason()),
                    answer.getErrors().stream()
                            .map(error -> error.getPolicyId() + ": " + error.getError())
                            .toList());
        } catch (AuthException e) {
            return new Verdict(false, List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Entity party(Question.Party party) {
        var attributes = new HashMap<String, Value>();
        if (!party.type().equals("Visitor")) {
            attributes.put("name", new PrimString(party.name()));
            attributes.put("factors", texts(party.factors()));
        }
        var roles =
                party.roles().stream().map(role -> uid("Role", role)).collect(Collectors.toSet());
        return new Entity(uid(party.type(), party.name()), attributes, roles);
    }

    private static Entity resource(Question.Resource resource) {
        var attributes = new HashMap<String, Value>();
        resource.owner().ifPresent(owner -> attributes.put("owner", new PrimString(owner)));
        return new Entity(uid(resource.type(), resource.id()), attributes, Set.of());
    }

    private static Entity merged(Entity party, Entity about) {
        var attributes = new HashMap<>(party.attrs);
        attributes.putAll(about.attrs);
        return new Entity(party.getEUID(), attributes, party.getParents());
    }

    private Entity action(String action) {
        var groups =
                book.actions().groupsOf(action).stream()
                        .map(group -> uid("Action", group))
                        .collect(Collectors.toSet());
        return new Entity(uid("Action", action), new HashMap<>(), groups);
    }

    private static Map<String, Value> context(Question.Circumstances circumstances) {
        var context = new HashMap<String, Value>();
        context.put("local", new PrimBool(circumstances.local()));
        context.put("purpose", new PrimString(circumstances.purpose()));
        context.put("properties", texts(circumstances.properties()));
        context.put("purposes", texts(circumstances.purposes()));
        return context;
    }

    private static CedarList texts(Set<String> texts) {
        var list = new ArrayList<Value>();
        texts.forEach(text -> list.add(new PrimString(text)));
        return new CedarList(list);
    }

    private static EntityUID uid(String type, String id) {
        var name = TYPES.computeIfAbsent(type, _ -> EntityTypeName.parse(type).orElseThrow());
        return new EntityUID(name, id);
    }
}
