// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

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

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;

/// Programs use the node by the key of an account, and the token of the first start is good once.
final class MachineAccessTest {
    @TempDir static Path home;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        node = RunningNode.start(home.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @Test
    void theKeyOpensTheInterface() throws Exception {
        assertThat(node.operator().get("api/things").isArray()).isTrue();
    }

    @Test
    void theBootstrapTokenIsVoidOnceItWasUsed() throws Exception {
        node.operator();
        try (var anybody = NodeClient.open(node.at("/"), Trust.usual())) {
            assertThatThrownBy(() -> anybody.enrol(AccountKey.generate("mallory"), node.token))
                    .isInstanceOf(NodeRefused.class)
                    .hasMessageContaining("401");
        }
        var answer =
                node.send(
                        HttpRequest.newBuilder(node.at("/api/things"))
                                .header("Authorization", "Bearer " + node.token));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyThatNobodyEnrolledGetsNoToken() throws Exception {
        try (var anybody = NodeClient.open(node.at("/"), Trust.usual())) {
            assertThatThrownBy(() -> anybody.as(AccountKey.generate("operator")).get("api/things"))
                    .isInstanceOf(NodeRefused.class);
            assertThatThrownBy(() -> anybody.as(AccountKey.generate("nobody")).get("api/things"))
                    .isInstanceOf(NodeRefused.class);
        }
    }
}
