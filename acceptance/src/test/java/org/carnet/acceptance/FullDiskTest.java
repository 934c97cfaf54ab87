// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.carnet.Bytes;
import org.carnet.client.Ack;
import org.carnet.client.Carrier;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reason;
import org.carnet.node.Node;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/// A whole node, database and all, on a real file system that somebody else's file fills to the last byte.
///
/// Where nobody may mount one this test is reported as skipped; `UpdatesOnFullDiskTest` of the node holds the path of an
/// update to the same on a simulated disk, always.
final class FullDiskTest {
    private static final int MEBIBYTES = 256;
    private static final int A_FEW = 100;
    private static final int MORE_THAN_A_SEGMENT_HOLDS = 20_000;
    private static final String AVATAR = "avatars/" + Metaverse.AVATAR;

    @TempDir Path home;

    /// What was acknowledged: the record, and the value that was sent.
    private final Map<Long, Double> acknowledged = new ConcurrentSkipListMap<>();

    private double sent;

    /// A record that was proved while there was room.
    private long proved;

    private record Update(double value, Bytes pack) {}

    @Test
    void aFullDiskRefusesUpdatesAnswersTheRestLosesNothingAndIsForgottenWhenThereIsRoom()
            throws Exception {
        try (var disk = mounted()) {
            try (var agora = Metaverse.start(home, on(disk));
                    var stream = agora.operator.stream(64)) {
                var refused = fill(disk, agora, stream);
                assertThat(status(agora, refused.pack())).isEqualTo(507);
                assertWhatNeedsRoomIsRefused(agora);
                assertWhatNeedsNoneIsAnswered(agora);
                disk.free();
                awaitTaken(stream, refused);
                assertThat(send(agora, stream, A_FEW)).isEmpty();
                assertNothingIsLost(agora.operator);
                assertProved(agora, lastRecord());
            }
            assertVerified(disk);
            assertNothingIsLostAfterTheNextStart(disk);
        }
    }

    @Test
    void aNodeThatHasToStopWhileTheDiskIsFullGoesOnWhenThereIsRoom() throws Exception {
        try (var disk = mounted()) {
            try (var agora = Metaverse.start(home, on(disk));
                    var stream = agora.operator.stream(64)) {
                fill(disk, agora, stream);
            }
            disk.free();
            assertVerified(disk);
            assertNothingIsLostAfterTheNextStart(disk);
            assertVerified(disk);
        }
    }

    private SmallDisk mounted() throws IOException {
        return SmallDisk.mount(home.resolve("disk"), MEBIBYTES)
                .orElseGet(() -> Assumptions.abort("mounting a small file system needs root"));
    }

    private static Map<String, String> on(SmallDisk disk) {
        return Map.of(
                "data.directory", data(disk).toString(),
                "storage.segment-bytes", "1048576",
                "updates.rate", "100000");
    }

    private static Path data(SmallDisk disk) {
        return disk.root().resolve("agora");
    }

    /// Fills the disk below a node that has taken some updates, and returns the first that it refuses.
    private Update fill(SmallDisk disk, Metaverse agora, Carrier carrier) throws Exception {
        assertThat(send(agora, carrier, A_FEW)).isEmpty();
        assertProved(
                agora,
                lastRecord()); // and so there is a checkpoint, which the full disk must not harm
        proved = lastRecord();
        disk.fill();
        return send(agora, carrier, MORE_THAN_A_SEGMENT_HOLDS).orElseThrow();
    }

    private static void assertVerified(SmallDisk disk) throws IOException {
        assertThat(LogVerification.plain().directory(data(disk)))
                .isInstanceOf(LogVerdict.Verified.class);
    }

    private void assertNothingIsLostAfterTheNextStart(SmallDisk disk) throws IOException {
        try (var again = Node.start(Metaverse.settings(home, on(disk)));
                var operator = Metaverse.operator(again, home.resolve("operator.key"))) {
            assertNothingIsLost(operator);
        }
    }

    /// Sends updates until one is refused or there were so many; the first that was refused.
    private Optional<Update> send(Metaverse agora, Carrier carrier, int count) throws Exception {
        Queue<Update> refused = new ConcurrentLinkedQueue<>();
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < count && refused.isEmpty(); i++) {
            var update = new Update(++sent, agora.pack(Form.COSE_SENML_CBOR, sent));
            answers.add(
                    carrier.send(update.pack())
                            .thenAccept(
                                    ack -> {
                                        if (!isTaken(update, ack)) refused.add(update);
                                    }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
        return Optional.ofNullable(refused.peek());
    }

    private boolean isTaken(Update update, Ack ack) {
        return switch (ack) {
            case Ack.Durable(long record) -> {
                acknowledged.put(record, update.value());
                yield true;
            }
            case Ack.Refused refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.STORAGE_FULL.slug());
                yield false;
            }
        };
    }

    private static int status(Metaverse agora, Bytes pack) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(agora.node.url().resolve("/updates"))
                            .header("content-type", "application/cose")
                            .POST(BodyPublishers.ofByteArray(pack.toArray()));
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.body()).contains("/problems/storage-full");
            return answer.statusCode();
        }
    }

    /// Even an operator reads nobody's data off the record.
    private void assertWhatNeedsRoomIsRefused(Metaverse agora) throws IOException {
        assertFull(() -> agora.operator.get(AVATAR + "/properties"));
        var mapping = agora.operator.get("api/mappings").path(0).path("id").asString();
        assertFull(() -> agora.operator.post("api/mappings/" + mapping + "/pause", Map.of()));
        assertFull(() -> assertProved(agora, lastRecord()));
    }

    private static void assertProved(Metaverse agora, long record) throws IOException {
        assertThat(agora.operator.text("api/records/" + record + "/proof"))
                .startsWith("c2sp.org/tlog-proof@v1");
    }

    private static void assertFull(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        NodeRefused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(507);
                            assertThat(refused.reason()).isEqualTo(Reason.STORAGE_FULL.slug());
                        });
    }

    private void assertWhatNeedsNoneIsAnswered(Metaverse agora) throws IOException {
        var operator = agora.operator;
        assertThat(operator.get(AVATAR).path("title").asString()).isEqualTo(Metaverse.AVATAR);
        assertThat(operator.get("api/avatars").path(0).path("applied").asInt())
                .isEqualTo(acknowledged.size());
        assertThat(operator.get("api/mappings").path(0).path("status").asString())
                .isEqualTo("active");
        assertThat(operator.get("api/records/" + lastRecord()).path("kind").asString())
                .isEqualTo("received");
        assertProved(agora, proved);
        assertThat(operator.text("checkpoint")).startsWith("carnet.local/agora\n");
        assertThat(operator.get("health").path("parts").path("disk").asString()).contains("free");
    }

    private void awaitTaken(Carrier carrier, Update update) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isTaken(update, carrier.send(update.pack()).get(20, TimeUnit.SECONDS))) {
            assertThat(System.nanoTime())
                    .as("there is room, and it goes unnoticed")
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private long lastRecord() {
        return acknowledged.keySet().stream().reduce((one, next) -> next).orElseThrow();
    }

    /// What is on record and what the avatar went through are what was acknowledged, no more and no less.
    private void assertNothingIsLost(NodeClient node) throws IOException {
        assertThat(received(node)).containsExactlyElementsOf(acknowledged.keySet());
        var history = node.get(AVATAR + "/history?property=acceleration-x&limit=20000");
        assertThat(history.valueStream().map(one -> one.path("value").asDouble()))
                .containsExactlyInAnyOrderElementsOf(acknowledged.values());
    }

    private static List<Long> received(NodeClient node) throws IOException {
        var found = new ArrayList<Long>();
        for (var before = ""; ; before = "&before=" + found.getFirst()) {
            var page = node.get("api/records?kind=received&limit=500" + before).path("records");
            if (page.isEmpty()) return found;
            for (JsonNode record : page) found.addFirst(record.path("index").asLong());
        }
    }
}
