// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.NodeRefused;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Who is a client, and how one proves that it is.
final class ClientsTest {
    @TempDir static Path home;
    private static RunningNode node;
    private static int number;

    private Visitor alice;

    @BeforeAll
    static void start() throws Exception {
        node = RunningNode.start(home.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @BeforeEach
    void invite() throws Exception {
        alice = Visitor.of(node, "alice-" + ++number, "user");
    }

    private static String id() {
        return "https://arcadia.example/" + ++number;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://arcadia.example/back",
                "https://arcadia.example/back#x",
                "https://user@arcadia.example/back",
                "https://arcadia.example/*",
                "https://arcadia.example/x/../back",
                "javascript:alert(1)",
                "data:text/html,x",
                "arcadia://back",
                "/back"
            })
    void noClientIsRegisteredWithAnAddressThatIsNotItsOwn(String redirect) {
        assertThatThrownBy(() -> App.open(node, id(), Map.of("redirectUris", List.of(redirect))))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("400");
    }

    @Test
    void anAssertionOfAnotherKeyOrForAnotherNodeOrShownTwiceProvesNothing() throws Exception {
        var client = App.confidential(node, id(), Map.of());
        var key = Objects.requireNonNull(client.key);
        var mine = SigningKey.generate(Algorithm.P256, new SecureRandom());
        var good = client.assertion(key, App.issuer(node));
        var none = Bytes.utf8("{\"alg\":\"none\"}").toBase64Url();
        for (var bad :
                List.of(
                        client.assertion(mine, App.issuer(node)),
                        client.assertion(key, "https://other.example"),
                        none + "." + good.split("\\.")[1] + ".",
                        good + "=")) {
            assertThat(push(client, bad)).as(bad).isBetween(400, 401);
        }
        assertThat(push(client, good)).isEqualTo(201);
        assertThat(push(client, good)).isEqualTo(401);
        // Nor is a client taken at its word that has a key.
        var bare = App.open(node, id(), Map.of());
        var wish = new HashMap<>(bare.wish());
        wish.put("client_id", client.id);
        assertThat(bare.form("/oauth2/par", wish, null).statusCode()).isEqualTo(401);
    }

    private static int push(App client, String assertion) throws Exception {
        var form = new HashMap<>(client.wish());
        form.put("client_assertion", assertion);
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        return client.form("/oauth2/par", form, null).statusCode();
    }

    @Test
    void onlyWhoGovernsClientsMakesOne() throws Exception {
        var olga = Visitor.of(node, "olga-" + ++number, "user", "operator");
        var made = Map.of("id", id(), "redirectUris", List.of(App.BACK));
        assertThat(alice.post("/api/clients", made).statusCode()).isEqualTo(403);
        assertThat(olga.post("/api/clients", made).statusCode()).isEqualTo(403);
        assertThat(Visitor.stranger(node).get("/api/clients").statusCode()).isEqualTo(401);
        assertThat(Visitor.json(node.get("/oauth2/jwks")).toString()).doesNotContain("\"d\"");
        // Nobody registers themselves, and nobody takes the name of an account.
        assertThat(alice.post("/oauth2/register", made).statusCode()).isGreaterThanOrEqualTo(400);
        for (var name : List.of("operator", alice.name, "account:operator")) {
            assertThatThrownBy(() -> App.open(node, name, Map.of())).hasMessageContaining("400");
        }
    }

    @Test
    void aDevicesCodeIsNotGoodForAnotherDeviceOrAnotherKeylessClient() throws Exception {
        var without = App.open(node, id(), Map.of());
        var refused =
                without.form(
                        "/oauth2/device_authorization",
                        Map.of("client_id", without.id, "scope", "carnet"),
                        null);
        assertThat(Visitor.error(refused)).isEqualTo("unauthorized_client");
    }
}
