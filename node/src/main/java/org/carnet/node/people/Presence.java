// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Caller;
import org.carnet.node.access.ForeignSignIn;
import org.carnet.node.access.Reach;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// What a page learns of who is signed in, and of the ways to sign in.
final class Presence {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String node;
    private final boolean local;
    private final Sessions sessions;
    private final AccountStore accounts;
    private final Supplier<ForeignSignIn> others;
    private final Reach reach;
    private final InstantSource clock;

    Presence(
            String node,
            boolean local,
            Sessions sessions,
            AccountStore accounts,
            Supplier<ForeignSignIn> others,
            Reach reach,
            InstantSource clock) {
        this.node = node;
        this.local = local;
        this.sessions = sessions;
        this.accounts = accounts;
        this.others = others;
        this.reach = reach;
        this.clock = clock;
    }

    ObjectNode of(HttpServletRequest request) {
        var session = sessions.find(request);
        var secret = sessions.secret(request);
        if (session.isPresent() && secret.isPresent()) {
            return json(session.get().caller(), secret.get().proof());
        }
        return withPlatforms(JSON.createObjectNode().put("node", node));
    }

    private ObjectNode withPlatforms(ObjectNode json) {
        json.put("local", local);
        var platforms = json.putArray("platforms");
        for (var choice : others.get().choices()) {
            platforms
                    .addObject()
                    .put("name", choice.name())
                    .put("key", choice.key())
                    .put("path", choice.path())
                    .put("proves", choice.proves());
        }
        return json;
    }

    ObjectNode begun(String account, Set<String> factors, String proof) {
        var roles = accounts.find(account).orElseThrow().roles();
        var caller = new Caller(Caller.Kind.PERSON, account, roles, factors, clock.instant());
        return json(caller, proof);
    }

    private ObjectNode json(Caller caller, String proof) {
        var json = JSON.createObjectNode().put("node", node).put("account", caller.id());
        caller.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(json.putArray("roles")::add);
        caller.factors().stream().sorted().forEach(json.putArray("factors")::add);
        reach.of(caller).forEach(json.putArray("may")::add);
        return withPlatforms(json.put("since", caller.since().toString()).put("csrf", proof));
    }
}
