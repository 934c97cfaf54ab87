// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Mosquitto's own clients, which know nothing of Carnet, against a node's MQTT 5 listener.
final class MosquittoTest {
    @TempDir static Path home;
    private static Metaverse agora;

    @BeforeAll
    static void start() throws Exception {
        agora = Metaverse.start(home, Map.of("mqtt.port", "0"));
        assertTaken(publish("updates", agora.pack(Form.JWS_SENML_JSON, 0)));
    }

    @AfterAll
    static void stop() throws Exception {
        agora.close();
    }

    private static ForeignProgram mosquitto(
            String program, Metaverse at, Map<String, String> environment, List<String> more)
            throws Exception {
        var command = new ArrayList<>(List.of(program, "-V", "mqttv5", "-q", "1", "-d"));
        command.addAll(List.of("-h", "localhost", "-p", "" + at.port("mqtt")));
        command.addAll(more);
        return ForeignProgram.run(home, environment, command);
    }

    private static ForeignProgram publish(String topic, Bytes pack) throws Exception {
        return mosquitto("mosquitto_pub", agora, Map.of(), List.of("-t", topic, "-f", saved(pack)));
    }

    private static String saved(Bytes pack) throws IOException {
        return Files.write(home.resolve("pack"), pack.toArray()).toString();
    }

    private static void assertTaken(ForeignProgram publisher) {
        assertThat(publisher.said()).contains("received PUBACK (Mid: 1, RC:0)");
        assertThat(publisher.exit()).isZero();
    }

    private static void assertRefused(ForeignProgram publisher, int code, String why) {
        assertThat(publisher.said())
                .contains("received PUBACK (Mid: 1, RC:" + code + ")")
                .contains(why);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatMosquittoPublishesIsAcknowledgedAndFoundAtTheAvatar(Form form) throws Exception {
        double value = 7.5 + form.ordinal();
        assertTaken(publish("updates", agora.pack(form, value)));
        assertThat(agora.acceleration()).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aPackWhoseSignatureIsBadIsNotAuthorized(Form form) throws Exception {
        var bytes = agora.pack(form, 66).toArray();
        // Still base64url, and well inside the signature.
        bytes[bytes.length - 10] = (byte) (bytes[bytes.length - 10] == 'A' ? 'B' : 'A');
        assertRefused(publish("updates", Bytes.copyOf(bytes)), 0x87, "bad-signature");
        assertThat(agora.acceleration()).isNotEqualTo(66);
    }

    @Test
    void aReplayIsRefusedByName() throws Exception {
        var pack = agora.pack(Form.COSE_SENML_CBOR, 1.25);
        assertTaken(publish("updates", pack));
        assertTaken(publish("updates", agora.pack(Form.COSE_SENML_CBOR, 2.5)));
        assertRefused(publish("updates", pack), 0x83, "replay");
        assertThat(agora.acceleration()).isEqualTo(2.5);
    }

    @Test
    void noTopicButThatOfUpdatesIsTaken() throws Exception {
        var pack = agora.pack(Form.JWS_SENML_JSON, 77);
        for (var topic : List.of("updates/alice", "sensors")) {
            assertRefused(publish(topic, pack), 0x90, "updates go to the topic updates");
        }
        assertThat(agora.acceleration()).isNotEqualTo(77);
        assertTaken(publish("updates", pack));
    }

    @Test
    void whatIsNoPackAtAllIsOfNoValidFormat() throws Exception {
        assertRefused(publish("updates", Bytes.utf8("{\"x\":1}")), 0x99, "malformed-envelope");
    }

    @Test
    void whoWantsToSubscribeIsSentAway() throws Exception {
        var subscriber =
                mosquitto("mosquitto_sub", agora, Map.of(), List.of("-t", "updates", "-W", "5"));
        assertThat(subscriber.said())
                .contains("Received DISCONNECT (135)")
                .doesNotContain("SUBACK");
    }

    @Test
    void howFarRecordsHaveComeIsToldAtOnce() throws Exception {
        var subscriber =
                mosquitto(
                        "mosquitto_sub",
                        agora,
                        Map.of(),
                        List.of("-t", "acks", "-C", "1", "-W", "10"));
        assertThat(subscriber.said()).containsPattern("\\{\"durable\":[1-9][0-9]*[,}]");
        assertThat(subscriber.exit()).isZero();
    }

    @Test
    void aClientOfAnOlderMqttIsTurnedAwayAtTheDoor() throws Exception {
        var pack = saved(agora.pack(Form.JWS_SENML_JSON, 88));
        var update = List.of("-V", "mqttv311", "-t", "updates", "-f", pack);
        var older = mosquitto("mosquitto_pub", agora, Map.of(), update);
        assertThat(older.said()).contains("unacceptable protocol version").doesNotContain("PUBACK");
        assertThat(older.exit()).isNotZero();
    }

    @Test
    void overTls13TheWayIsTheSameAndOverNothingOlder(@TempDir Path other) throws Exception {
        var settings = Map.of("mqtt.port", "0", "mqtt.tls", "true");
        try (var arcadia = Metaverse.start(other, settings)) {
            var pack = saved(arcadia.pack(Form.JWS_SENML_JSON, 9.75));
            var plain = List.of("-t", "updates", "-f", pack);
            var authority = other.resolve("authority/authority.pem").toString();
            var trusting = new ArrayList<>(plain);
            trusting.addAll(List.of("--cafile", authority));

            assertNotHeard(mosquitto("mosquitto_pub", arcadia, Map.of(), plain), "Error");
            assertNotHeard(
                    mosquitto("mosquitto_pub", arcadia, Map.of(), strangers(plain)),
                    "certificate verify failed");
            assertNotHeard(
                    mosquitto("mosquitto_pub", arcadia, onlyTls12(), trusting),
                    "alert protocol version");
            assertTaken(mosquitto("mosquitto_pub", arcadia, Map.of(), trusting));
            assertThat(arcadia.acceleration()).isEqualTo(9.75);
        }
    }

    private static List<String> strangers(List<String> update) {
        var strangers = new ArrayList<>(update);
        strangers.add("--tls-use-os-certs");
        return strangers;
    }

    /// OpenSSL's way to know nothing newer, which Mosquitto has no option for.
    private static Map<String, String> onlyTls12() throws IOException {
        var configuration =
                """
                openssl_conf = all
                [all]
                ssl_conf = tls
                [tls]
                system_default = old
                [old]
                MaxProtocol = TLSv1.2
                """;
        var file = Files.writeString(home.resolve("openssl.cnf"), configuration);
        return Map.of("OPENSSL_CONF", file.toString());
    }

    private static void assertNotHeard(ForeignProgram publisher, String why) {
        assertThat(publisher.said()).contains(why).doesNotContain("PUBACK");
        assertThat(publisher.exit()).isNotZero();
    }
}
