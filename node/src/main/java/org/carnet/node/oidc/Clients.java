// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.Jwk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who is a client here. Every change is on the record before it takes effect.
final class Clients {
    private static final int ID_LENGTH = 16;

    private final RegisteredClientRepository registered;
    private final JdbcClient jdbc;
    private final Diary diary;
    private final SecureRandom random;

    Clients(
            RegisteredClientRepository registered,
            JdbcClient jdbc,
            Diary diary,
            SecureRandom random) {
        this.registered = registered;
        this.jdbc = jdbc;
        this.diary = diary;
        this.random = random;
    }

    /// An identifier that nobody has, and that no account can have: it begins with a capital letter.
    String newId() {
        var bytes = new byte[ID_LENGTH];
        random.nextBytes(bytes);
        return "C" + Bytes.unsafe(bytes).toBase64Url();
    }

    /// @param by who registers it
    /// @return false if another client has this identifier
    synchronized boolean register(Client client, String by) {
        if (registered.findByClientId(client.id()) != null) return false;
        diary.governed(client.id(), by, act("client-registered", client));
        registered.save(client.registered());
        return true;
    }

    List<Client> list() {
        return jdbc
                .sql("select id from oauth2_registered_client order by client_id")
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    Optional<Client> find(String id) {
        return Optional.ofNullable(registered.findByClientId(id))
                .filter(found -> !AccountClients.isAccount(found))
                .map(Client::of);
    }

    /// Ends it, with everything that people let it have.
    ///
    /// @return false if there is none
    synchronized boolean remove(String id, String by) {
        var found = registered.findByClientId(id);
        if (found == null || AccountClients.isAccount(found)) return false;
        diary.governed(id, by, act("client-removed", Client.of(found)));
        delete(found);
        return true;
    }

    private void delete(RegisteredClient client) {
        for (var table :
                List.of(
                        "oauth2_authorization where registered_client_id",
                        "oauth2_authorization_consent where registered_client_id",
                        "oauth2_registered_client where id")) {
            jdbc.sql("delete from " + table + " = ?").param(client.getId()).update();
        }
    }

    /// A client that a person let in, and what it may ask for.
    record LetIn(Client client, Set<String> scopes) {}

    List<LetIn> letInBy(String account) {
        var scopes = new TreeMap<String, Set<String>>();
        jdbc.sql(
                        """
                        select registered_client_id, authorities from oauth2_authorization_consent
                        where principal_name = ?
                        union
                        select registered_client_id, authorized_scopes from oauth2_authorization
                        where principal_name = ? and access_token_value is not null
                        """)
                .param(account)
                .param(account)
                .query(
                        row -> {
                            var all =
                                    scopes.computeIfAbsent(row.getString(1), _ -> new TreeSet<>());
                            for (var scope : row.getString(2).split(",")) {
                                all.add(scope.replace("SCOPE_", ""));
                            }
                        });
        return scopes.entrySet().stream()
                .flatMap(
                        one ->
                                find(one.getKey()).stream()
                                        .map(client -> new LetIn(client, one.getValue())))
                .toList();
    }

    /// Ends what a person let a client have; it is on the record before it holds.
    ///
    /// @return false if the person let no such client in
    boolean shutOut(String id, String account) {
        var found = letInBy(account).stream().filter(one -> one.client().id().equals(id)).findAny();
        if (found.isEmpty()) return false;
        diary.person(account, id, "client-shut-out", found.get().scopes());
        for (var table : List.of("oauth2_authorization", "oauth2_authorization_consent")) {
            jdbc.sql(
                            "delete from "
                                    + table
                                    + " where registered_client_id = ? and principal_name = ?")
                    .param(id)
                    .param(account)
                    .update();
        }
        return true;
    }

    private static ObjectNode act(String what, Client client) {
        var act = Diary.act(what).put("client", client.id()).put("name", client.name());
        client.keys().forEach(key -> act.withArray("keys").add(Jwk.thumbprint(key)));
        client.redirects().stream().sorted().forEach(act.withArray("redirectUris")::add);
        client.scopes().stream().sorted().forEach(act.withArray("scopes")::add);
        return act;
    }
}
