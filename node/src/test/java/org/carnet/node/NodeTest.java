// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

final class NodeTest {
    @TempDir Path data;

    @Test
    void aNodeListensOnceItHasStartedSaysWhereAndKeepsItsTokenToItself() throws Exception {
        var at = System.nanoTime();
        try (var node = RunningNode.start(data, Map.of())) {
            System.err.println("start " + (System.nanoTime() - at) / 1000000);
            assertThat(data.resolve("ports.json"))
                    .hasContent("{\"http\":" + node.node.ports().of("http").getAsInt() + "}");
            assertThat(node.get("/api/things").statusCode()).isEqualTo(401);
        }
        assertThat(data.resolve("ports.json")).doesNotExist();
        at = System.nanoTime();
        try (var node =
                Node.start(
                        org.carnet.node.settings.Settings.of(
                                Map.of("data.directory", data.toString(), "http.port", "0")))) {
            System.err.println("start " + (System.nanoTime() - at) / 1000000);
            assertThat(node.freshToken()).isEmpty();
        }
    }
}
