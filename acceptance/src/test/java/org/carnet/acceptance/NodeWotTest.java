// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.client.AccountKey;
import org.carnet.client.Ack;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// node-wot, the reference implementation of W3C's Web of Things, reads an avatar by its Thing Description alone.
final class NodeWotTest {
    private static final Path READER = Path.of("node-wot");
    private static final String AS_THE_WATCH_SENT =
            "{'acceleration-x': -1.5, 'activity': 'WALKING', 'rotation-z': 0.125}";

    @TempDir static Path home;
    private static Metaverse agora;

    @BeforeAll
    static void start() throws Exception {
        agora = Metaverse.start(home, Map.of("tls.port", "0"));
        try (var posts = agora.operator.posts()) {
            var pack = agora.pack(Form.JWS_SENML_JSON, -1.5, 0.125, "WALKING");
            assertThat(posts.send(pack).get()).isInstanceOf(Ack.Durable.class);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        agora.close();
    }

    /// node-wot cannot prove that it holds a key (RFC 9449), so a proxy of its user's does that for it.
    private static ForeignProgram read(NodeClient describing, NodeClient reading) throws Exception {
        try (var proxy = SigningProxy.start(describing, reading)) {
            var description = proxy.url() + "/avatars/" + Metaverse.AVATAR;
            return ForeignProgram.run(
                    READER, Map.of(), List.of("node", "read.js", description, "any", "any"));
        }
    }

    @Test
    void everyPropertyAndAllOfThemAreAsTheWatchSentThemInPlainAndOverTls() throws Exception {
        var sent = AS_THE_WATCH_SENT.replace('\'', '"');
        var authority = Trust.authority(home.resolve("authority/authority.pem"));
        try (var overTls =
                NodeClient.open(agora.tlsUrl(), authority).as(AccountKey.read(agora.key))) {
            for (var client : List.of(agora.operator, overTls)) {
                var reader = read(client, client);
                assertThat(reader.exit()).as(reader.said()).isZero();
                var read = JsonMapper.shared().readTree(reader.said());
                assertThat(read.path("single")).isEqualTo(JsonMapper.shared().readTree(sent));
                assertThat(read.path("all")).isEqualTo(read.path("single"));
            }
        }
    }

    @Test
    void whoProvesNothingOpensNeitherTheDescriptionNorTheProperties() throws Exception {
        try (var nobody = NodeClient.open(agora.node.url(), Trust.usual())) {
            for (var reader : List.of(read(nobody, agora.operator), read(agora.operator, nobody))) {
                assertThat(reader.said())
                        .containsPattern("401|Unauthorized")
                        .doesNotContain("WALKING");
                assertThat(reader.exit()).isNotZero();
            }
        }
    }

    @Test
    void thatTheAvatarWasReadIsOnTheRecord() throws Exception {
        var before = reads();
        assertThat(read(agora.operator, agora.operator).exit()).isZero();
        assertThat(reads() - before).isEqualTo(2 * Metaverse.SHARED.size());
    }

    private static int reads() throws Exception {
        return agora.operator
                .get("api/records?kind=read&limit=500&about=" + Metaverse.AVATAR)
                .path("records")
                .size();
    }
}
