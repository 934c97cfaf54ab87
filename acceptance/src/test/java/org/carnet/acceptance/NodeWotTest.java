// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.client.Ack;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
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

    private static ForeignProgram read(URI node, String tokenForDescription, String token)
            throws Exception {
        var authority = home.resolve("authority/authority.pem").toString();
        var description = node + "/avatars/" + Metaverse.AVATAR;
        return ForeignProgram.run(
                READER,
                Map.of("NODE_EXTRA_CA_CERTS", authority),
                List.of("node", "read.js", description, tokenForDescription, token));
    }

    @Test
    void everyPropertyAndAllOfThemAreAsTheWatchSentThemInPlainAndOverTls() throws Exception {
        var sent = AS_THE_WATCH_SENT.replace('\'', '"');
        for (var node : List.of(agora.node.url(), agora.tlsUrl())) {
            var reader = read(node, agora.token, agora.token);
            assertThat(reader.exit()).as(reader.said()).isZero();
            var read = JsonMapper.shared().readTree(reader.said());
            assertThat(read.path("single")).isEqualTo(JsonMapper.shared().readTree(sent));
            assertThat(read.path("all")).isEqualTo(read.path("single"));
        }
    }

    @Test
    void aWrongTokenOpensNeitherTheDescriptionNorTheProperties() throws Exception {
        var wrong = agora.token.substring(1) + "A";
        for (var reader :
                List.of(
                        read(agora.node.url(), wrong, agora.token),
                        read(agora.node.url(), agora.token, wrong))) {
            assertThat(reader.said()).containsPattern("401|Unauthorized").doesNotContain("WALKING");
            assertThat(reader.exit()).isNotZero();
        }
    }

    @Test
    void thatTheAvatarWasReadIsOnTheRecord() throws Exception {
        var before = reads();
        assertThat(read(agora.node.url(), agora.token, agora.token).exit()).isZero();
        assertThat(reads() - before).isEqualTo(2 * Metaverse.SHARED.size());
    }

    private static int reads() throws Exception {
        return agora.operator
                .get("api/records?kind=read&limit=500&about=" + Metaverse.AVATAR)
                .path("records")
                .size();
    }
}
