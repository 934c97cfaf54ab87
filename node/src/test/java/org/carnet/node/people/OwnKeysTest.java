// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.client.Trust;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How an ordinary account lets its owner's programs act for it, at a whole node.
final class OwnKeysTest {
    @TempDir static Path home;
    private static RunningNode node;
    private static NodeClient anybody;

    private final String name = "bob-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path file = home.resolve(name + ".key");

    @BeforeAll
    static void start() throws Exception {
        node = RunningNode.start(home.resolve("node"), Map.of());
        anybody = NodeClient.open(node.node.url(), Trust.usual());
    }

    @AfterAll
    static void stop() throws Exception {
        anybody.close();
        node.close();
    }

    private String link() throws IOException {
        return node.operator()
                .post("api/accounts/" + name + "/sign-in-links", Map.of())
                .path("path")
                .asString();
    }

    private AccountKey joined() throws IOException {
        node.operator().post("api/accounts", Map.of("name", name, "roles", List.of("user")));
        return anybody.join(link(), file);
    }

    @Test
    void whoHasALinkLetsAProgramActForTheirAccountAndForNoOther() throws Exception {
        var bob = anybody.as(joined());
        assertThat(bob.get("api/things")).isEmpty();
        assertThatThrownBy(() -> bob.get("api/accounts")).hasMessageContaining("403");
        assertThat(AccountKey.read(file).account()).isEqualTo(name);
        // It signed out behind itself.
        var account = node.operator().get("api/records?kind=signed_in&limit=2").path("records");
        assertThat(account.toString()).contains("signed-out");
        var told = node.operator().get("api/records?kind=enrolled&limit=1").path("records");
        assertThat(told.toString()).contains("key-added");
    }

    @Test
    void aLinkLetsOneProgramInAndNoneLeavesNoKeyBehind() throws Exception {
        node.operator().post("api/accounts", Map.of("name", name, "roles", List.of("user")));
        var link = link();
        anybody.join(link, file);
        var again = home.resolve(name + ".again");
        assertThatThrownBy(() -> anybody.join(link, again)).isInstanceOf(NodeRefused.class);
        assertThat(Files.exists(again)).isFalse();
    }

    @Test
    void noProgramSeesAddsOrRemovesKeys() throws Exception {
        var bob = anybody.as(joined());
        var another = Map.of("key", AccountKey.generate(name).publicKey());
        assertThatThrownBy(() -> bob.post("api/account/keys", another)).hasMessageContaining("403");
        assertThatThrownBy(() -> bob.get("api/account/keys")).hasMessageContaining("403");
        assertThatThrownBy(() -> bob.delete("api/account/keys/x")).hasMessageContaining("403");
        var nobody = HttpRequest.newBuilder(node.at("/api/account/keys")).GET();
        assertThat(node.send(nobody).statusCode()).isEqualTo(401);
    }
}
