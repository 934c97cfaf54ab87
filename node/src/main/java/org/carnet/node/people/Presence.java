// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.ForeignSignIn;
import org.carnet.node.access.Role;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
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
    private final InstantSource clock;

    Presence(
            String node,
            boolean local,
            Sessions sessions,
            AccountStore accounts,
            Supplier<ForeignSignIn> others,
            InstantSource clock) {
        this.node = node;
        this.local = local;
        this.sessions = sessions;
        this.accounts = accounts;
        this.others = others;
        this.clock = clock;
    }

    ObjectNode of(HttpServletRequest request) {
        var session = sessions.find(request);
        var secret = sessions.secret(request);
        if (session.isPresent() && secret.isPresent()) {
            var is = session.get();
            return json(is.account(), is.roles(), is.factors(), is.since(), secret.get().proof());
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
        return json(account, roles, factors, clock.instant(), proof);
    }

    private ObjectNode json(
            String account, Set<Role> roles, Set<String> factors, Instant since, String proof) {
        var json = JSON.createObjectNode().put("node", node).put("account", account);
        roles.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(json.putArray("roles")::add);
        factors.stream().sorted().forEach(json.putArray("factors")::add);
        return withPlatforms(json.put("since", since.toString()).put("csrf", proof));
    }
}
