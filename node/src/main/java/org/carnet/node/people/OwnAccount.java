// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import jakarta.servlet.http.HttpServletRequest;

import org.carnet.node.access.Account;
import org.carnet.node.access.ForeignSignIn;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// An account as its owner sees it, and the sessions that the owner may end.
final class OwnAccount {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AccountStore accounts;
    private final Means means;
    private final Sessions sessions;
    private final Supplier<ForeignSignIn> others;

    OwnAccount(
            AccountStore accounts, Means means, Sessions sessions, Supplier<ForeignSignIn> others) {
        this.accounts = accounts;
        this.means = means;
        this.sessions = sessions;
        this.others = others;
    }

    ObjectNode json(String name, HttpServletRequest request) {
        var json = json(accounts.find(name).orElseThrow());
        var passkeys = json.putArray("passkeys");
        for (var passkey : means.passkeys(name)) {
            var one =
                    passkeys.addObject()
                            .put("id", passkey.id().toBase64Url())
                            .put("label", passkey.label())
                            .put("synced", passkey.eligible())
                            .put("added", passkey.added().toString());
            passkey.used().ifPresent(used -> one.put("used", used.toString()));
        }
        json.put("password", means.hasPassword(name));
        json.put("recoveryCodesLeft", means.recoveryCodesLeft(name));
        addIdentities(name, json.putArray("identities"));
        var current = sessions.find(request).map(Session::id);
        var list = json.putArray("sessions");
        for (var session : sessions.of(name)) {
            var one =
                    list.addObject()
                            .put("id", session.id().toString())
                            .put("agent", session.agent())
                            .put("since", session.since().toString())
                            .put("used", session.used().toString())
                            .put("current", current.filter(session.id()::equals).isPresent());
            session.factors().stream().sorted().forEach(one.putArray("factors")::add);
        }
        return json;
    }

    private void addIdentities(String name, ArrayNode list) {
        var names =
                others.get().choices().stream()
                        .collect(
                                Collectors.toMap(
                                        ForeignSignIn.Choice::issuer, ForeignSignIn.Choice::name));
        for (var linked : means.identities(name)) {
            var issuer = linked.identity().issuer();
            list.addObject()
                    .put("id", linked.id().toString())
                    .put("platform", names.getOrDefault(issuer, issuer))
                    .put("issuer", issuer)
                    .put("subject", linked.identity().subject())
                    .put("linked", linked.linked().toString());
        }
    }

    /// What everybody who may know of the account sees of it.
    static ObjectNode json(Account account) {
        var json =
                JSON.createObjectNode()
                        .put("name", account.name())
                        .put("state", account.state().name().toLowerCase(Locale.ROOT))
                        .put("opened", account.opened().toString());
        var roles = json.putArray("roles");
        account.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(roles::add);
        return json;
    }

    boolean endSession(String name, String id) {
        try {
            return sessions.end(name, UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    void endAllSessions(String name) {
        sessions.endAll(name);
    }
}
