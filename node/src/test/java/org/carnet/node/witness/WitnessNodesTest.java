// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Level;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.client.ThingDescription;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.node.RunningNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/// Two whole nodes of which only one knows the other.
final class WitnessNodesTest {
    private static final SigningKey WATCH =
            SigningKey.generate(Algorithm.ED25519, new SecureRandom());

    private static RunningNode pulse;
    private static RunningNode agora;
    private static NodeClient atPulse;
    private static NodeClient atAgora;
    private static long sequence;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        pulse =
                RunningNode.start(
                        directory.resolve("pulse"),
                        Map.of("name", "pulse", "witness.announcements", "anybody"));
        agora =
                RunningNode.start(
                        directory.resolve("agora"),
                        Map.of("name", "agora", "witness.peers", pulse.node.url().toString()));
        atPulse = pulse.operator();
        atAgora = agora.operator();
        var thing =
                Map.of(
                        "thingDescription",
                        ThingDescription.ofWatch(WATCH.did(), "a watch").toJson(),
                        "owner",
                        "alice",
                        "route",
                        "direct");
        atAgora.post("api/things", thing);
        atAgora.post(
                "api/mappings",
                Map.of(
                        "thing",
                        WATCH.did().value(),
                        "platform",
                        "agora",
                        "avatar",
                        "walker",
                        "owner",
                        "alice",
                        "purpose",
                        "move",
                        "shares",
                        List.of(Map.of("property", "activity")),
                        "notAfter",
                        "2999-01-01T00:00:00Z"));
    }

    @AfterAll
    static void stop() throws Exception {
        agora.close();
        pulse.close();
    }

    private static Bytes update() {
        var now = Instant.now();
        var reading = new Reading("activity", now, new Value.Text("SEATED"), "");
        return Signer.sign(
                WATCH, Form.JWS_SENML_JSON, WATCH.did(), ++sequence, now, List.of(reading));
    }

    @Test
    void aRecordIsDurableThenIncludedThenWitnessedAndTheStreamTellsEach() throws Exception {
        try (var stream = atAgora.streamWithAcks(8)) {
            var ack = (Ack.Durable) stream.send(update()).get(20, TimeUnit.SECONDS);
            assertThat(stream.await(Level.INCLUDED, ack.record()).get(20, TimeUnit.SECONDS))
                    .isGreaterThan(ack.record());
            long size = stream.await(Level.WITNESSED, ack.record()).get(30, TimeUnit.SECONDS);
            var published = SignedNote.parse(atAgora.bytes("checkpoint.witnessed"));
            var log = LogVerifier.parse(atAgora.bytes("log.vkey"));
            var witness = LogVerifier.parse(atPulse.bytes("witness.vkey"));
            assertThat(log.keys()).allMatch(published::isSignedBy);
            assertThat(witness.keys()).allMatch(published::isSignedBy);
            assertThat(org.carnet.log.Checkpoint.parse(published.text()).size())
                    .isGreaterThanOrEqualTo(size);
            var acks = atAgora.get("api/records/" + ack.record()).path("acks");
            assertThat(acks.propertyNames()).containsExactly("durable", "included", "witnessed");
            assertThat(time(acks, "durable")).isBeforeOrEqualTo(time(acks, "included"));
            assertThat(time(acks, "included")).isBeforeOrEqualTo(time(acks, "witnessed"));
        }
        var all = atAgora.get("log/acks");
        assertThat(all.path("witnesses").asInt()).isEqualTo(1);
        assertThat(all.path("acks").findValues("p99Millis")).hasSize(3);
    }

    private static Instant time(JsonNode acks, String level) {
        return Instant.parse(acks.path(level).path("at").asString());
    }

    @Test
    void anUpdateOverHttpMayWaitUntilItIsWitnessed() throws Exception {
        // Until the first exchange is through, a witness is asked with growing pauses.
        await(() -> agora.get("/checkpoint.witnessed").statusCode() == 200);
        var answer =
                post(
                        agora,
                        "/updates",
                        update().toUtf8(),
                        "application/jose",
                        "Prefer",
                        "ack=witnessed, wait=20");
        assertThat(answer.body()).contains("\"ack\":\"witnessed\"");
        assertThat(
                        post(
                                        agora,
                                        "/updates",
                                        update().toUtf8(),
                                        "application/jose",
                                        "Prefer",
                                        "ack=nothing")
                                .body())
                .contains("\"ack\":\"durable\"");
    }

    @Test
    void theOneThatIsKnownLearnsOfTheOtherByItsAnnouncementAndPinsIt() throws Exception {
        await(() -> atPulse.get("api/peers").path("peers").size() == 1);
        var peer = atPulse.get("api/peers").path("peers").path(0);
        assertThat(peer.path("origin").asString()).isEqualTo("carnet.local/agora");
        assertThat(peer.path("source").asString()).isEqualTo("announced");
        assertThat(peer.path("url").asString()).isEqualTo(agora.node.url().toString());
        var keys = LogVerifier.parse(atAgora.bytes("log.vkey")).keys();
        assertThat(peer.path("log").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(keys.stream().map(key -> key.vkey()).toList());
    }

    @Test
    void theStatusesOfTheWitnessAreThoseOfTheSpecification() throws Exception {
        await(() -> agora.get("/checkpoint.witnessed").statusCode() == 200);
        var hash = WitnessFiles.hash("carnet.local/agora");
        var shown = pulse.get("/witness/" + hash + "/checkpoint");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(pulse.get("/witness/" + hash.replace('a', 'b') + "/checkpoint").statusCode())
                .isEqualTo(404);
        var note = SignedNote.parse(Bytes.utf8(shown.body()));
        var old = new AddCheckpoint(0, List.of(), note);
        var conflict = submit(old.encode().toUtf8());
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
        assertThat(conflict.body()).matches("[1-9][0-9]*\n");
        assertThat(submit("old 0\n\nrubbish").statusCode()).isEqualTo(400);
        var stranger = SampleLog.of("carnet.local/stranger", Instant::now).grow(3, "s");
        assertThat(
                        submit(
                                        new AddCheckpoint(0, List.of(), stranger.checkpoint())
                                                .encode()
                                                .toUtf8())
                                .statusCode())
                .isEqualTo(404);
        var impostor = SampleLog.of("carnet.local/agora", Instant::now).grow(3, "s");
        assertThat(
                        submit(
                                        new AddCheckpoint(0, List.of(), impostor.checkpoint())
                                                .encode()
                                                .toUtf8())
                                .statusCode())
                .isEqualTo(403);
        var size = Long.parseLong(conflict.body().strip());
        var wrong = new AddCheckpoint(size, List.of(org.carnet.log.MerkleHash.empty()), note);
        assertThat(submit(wrong.encode().toUtf8()).statusCode()).isIn(409, 422);
        assertThat(submit("x".repeat(200_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void anAnnouncementThatIsNotProvenOrFromElsewhereIsTurnedAway() throws Exception {
        var url = agora.node.url();
        assertThat(announce(url, "", "carnet.local/pulse")).isEqualTo(401);
        assertThat(announce(url, "other body", "carnet.local/pulse")).isEqualTo(401);
        assertThat(announce(url, null, "carnet.local/forum")).isEqualTo(401);
        assertThat(announce(URI.create("https://192.0.2.1:8443"), null, "carnet.local/pulse"))
                .isEqualTo(403);
        assertThat(announce(URI.create("http://169.254.1.1/"), null, "carnet.local/pulse"))
                .isEqualTo(403);
    }

    /// @param proven another body than the one that is sent; empty for no proof at all
    private static int announce(
            URI url, @org.jspecify.annotations.Nullable String proven, String audience)
            throws Exception {
        var now = Instant.now();
        var body = Announcements.body(url, now);
        var number = Announcements.number(proven == null ? body : Bytes.utf8(proven));
        var proof = org.carnet.envelope.GatewayProof.create(WATCH, audience, now, number);
        java.util.concurrent.locks.LockSupport.parkNanos(
                600_000_000L); // two in a second are let pass
        return "".equals(proven)
                ? post(pulse, "/witness/announcements", body.toUtf8(), "application/json")
                        .statusCode()
                : post(
                                pulse,
                                "/witness/announcements",
                                body.toUtf8(),
                                "application/json",
                                "Authorization",
                                "DID " + proof)
                        .statusCode();
    }

    @Test
    void theOperatorConnectsAndDisconnects() throws Exception {
        assertThatThrownBy(() -> atAgora.post("api/peers", Map.of("url", "http://192.0.2.1/")))
                .isInstanceOf(NodeRefused.class);
        assertThatThrownBy(
                        () -> atAgora.post("api/peers", Map.of("url", agora.node.url().toString())))
                .hasMessageContaining("origin of this node");
        var peer = atAgora.post("api/peers", Map.of("url", pulse.node.url().toString()));
        assertThat(peer.path("origin").asString()).isEqualTo("carnet.local/pulse");
        assertThat(agora.get("/api/peers").statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> submit(String body) throws Exception {
        return post(pulse, "/witness/add-checkpoint", body, "text/plain");
    }

    private static HttpResponse<String> post(
            RunningNode node, String path, String body, String type, String... headers)
            throws Exception {
        var request =
                HttpRequest.newBuilder(node.at(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return node.send(request);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
