// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.client.Ack;
import org.carnet.client.ErasureReceipt;
import org.carnet.client.NodeClient;
import org.carnet.client.NodeRefused;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.TlogProof;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.StoredSubjectKeys;
import org.carnet.node.storage.Thief;
import org.carnet.node.things.Watch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// A whole node forgets one of two people: nothing that is kept anywhere, before or after, gives her back.
final class ForgettingTest {
    private static final String SAID = "at-the-dentist-in-Kiruna";

    @TempDir Path home;
    private final Watch alice = Watch.of("alice-of-Wonderland-4711");
    private final Watch bob = Watch.of("bob-the-neighbour-0815");

    private RunningNode node;
    private NodeClient operator;

    private void start() throws IOException {
        node = RunningNode.start(home.resolve("node"), Map.of());
        operator = node.operator();
    }

    private void stop() throws IOException {
        operator.close();
        node.close();
    }

    private void enrol(Watch watch, String avatar) throws IOException {
        watch.registerDirect(operator);
        watch.map(operator, "test", avatar, "activity");
    }

    private long send(Watch watch, long sequence, String said) throws Exception {
        var reading = new Reading("activity", Instant.now(), new Value.Text(said), "");
        var pack =
                Signer.sign(
                        watch.key(),
                        Form.JWS_SENML_JSON,
                        watch.key().did(),
                        sequence,
                        Instant.now(),
                        List.of(reading));
        var ack = operator.posts().send(pack).get();
        assertThat(ack).isInstanceOf(Ack.Durable.class);
        return ((Ack.Durable) ack).record();
    }

    private DataSource database() {
        return node.node.application().getBean(DataSource.class);
    }

    private Path copied(String name) throws IOException {
        var copy = home.resolve(name);
        var data = home.resolve("node");
        try (var files = Files.walk(data)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = copy.resolve(data.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
        return copy;
    }

    @Test
    void whoIsForgottenIsNowhereAndEveryProofAndEverybodyElsesDataStay() throws Exception {
        start();
        enrol(alice, "white-rabbit-77");
        enrol(bob, "march-hare-88");
        long first = send(alice, 1, SAID);
        send(bob, 1, "bob is home");
        stop();
        start(); // and so there are snapshots
        send(alice, 2, SAID);
        send(bob, 2, "bob is out");
        assertThat(operator.text("avatars/white-rabbit-77/properties/activity")).contains(SAID);

        var traces = new Traces();
        List.of(SAID, alice.owner(), alice.did(), "white-rabbit-77").forEach(traces::add);
        var before = copied("before");
        var thief = new Thief(before, database());
        assertThat(thief.opened().stream().filter(one -> !traces.in(one.unsafeArray()).isEmpty()))
                .hasSizeGreaterThan(5);
        assertThat(traces.in(home.resolve("node.database"))).isNotEmpty();
        addKeys(traces);

        var answer = operator.post("api/erasures", Map.of("subject", alice.owner()));
        var after = copied("after");

        assertThat(traces.in(home.resolve("node"))).isEmpty();
        assertThat(traces.in(home.resolve("node.database"))).isEmpty();
        for (var copy : List.of(before, after)) {
            var opened = new Thief(copy, database()).opened();
            assertThat(opened).anyMatch(one -> one.toUtf8().contains("march-hare-88"));
            assertThat(opened)
                    .allSatisfy(one -> assertThat(traces.in(one.unsafeArray())).isEmpty());
            assertThat(verified(copy).counts().opened()).isPositive();
        }
        assertThat(new Thief(after, database()).leftBehind()).isZero();
        assertReceipt(answer.path("receipt").asString(), answer.path("record").asLong());
        assertProved(first);
        assertGone();
        assertThat(operator.text("avatars/march-hare-88/properties/activity"))
                .contains("bob is out");
        stop();
        assertThat(traces.in(home.resolve("node"))).isEmpty();
        assertThat(traces.in(home.resolve("node.database"))).isEmpty();
        start();
        assertGone();
        enrol(alice, "white-rabbit-77");
        send(alice, 3, "a new life");
        assertThat(operator.text("avatars/white-rabbit-77/properties/activity"))
                .contains("a new life");
        stop();
    }

    /// Both halves of each of her keys, and what they are wrapped in.
    private void addKeys(Traces traces) throws Exception {
        var all = new Thief(home.resolve("before"), database()).secretsOf(alice.owner());
        assertThat(all).hasSizeGreaterThanOrEqualTo(6);
        for (int i = 0; i < all.size(); i++) traces.add("secret " + i, all.get(i).toArray());
    }

    private LogVerdict.Verified verified(Path copy) throws IOException {
        var keys =
                new StoredSubjectKeys(
                        database(),
                        NodeKeys.open(copy, new SecureRandom()).wrap(),
                        new SecureRandom(),
                        Duration.ofDays(1));
        var verdict =
                new LogVerification(Optional.empty(), Optional.empty(), Optional.of(keys))
                        .directory(copy);
        assertThat(verdict).isInstanceOf(LogVerdict.Verified.class);
        return (LogVerdict.Verified) verdict;
    }

    private LogVerifier log() throws IOException {
        return LogVerifier.parse(operator.bytes("log.vkey"));
    }

    private void assertReceipt(String receipt, long tombstone) throws IOException {
        var verdict = ErasureReceipt.verify(receipt, log());
        assertThat(verdict).isInstanceOf(ErasureReceipt.Verified.class);
        var told = ((ErasureReceipt.Verified) verdict).receipt();
        assertThat(told.subject().is(alice.owner())).isTrue();
        assertThat(told.subject().is(bob.owner())).isFalse();
        assertThat(told.tombstone().index()).isEqualTo(tombstone);
        assertThat(told.whole()).isTrue();
        assertThat(told.pending()).isEmpty();
        assertThat(told.reached()).hasSizeGreaterThan(5);
        assertThat(told.erased().stream().mapToLong(ErasureReceipt.Erased::records).sum())
                .isGreaterThanOrEqualTo(6);
        for (int at = 0; at < receipt.length(); at++) {
            var changed = new StringBuilder(receipt);
            changed.setCharAt(at, receipt.charAt(at) == 'A' ? 'B' : 'A');
            if (at % 97 == 0) {
                assertThat(ErasureReceipt.verify(changed.toString(), log()))
                        .isInstanceOf(ErasureReceipt.Failed.class);
            }
        }
    }

    private void assertProved(long record) throws IOException {
        var proof = TlogProof.parse(operator.bytes("api/records/" + record + "/proof"));
        assertThat(proof.verify(MerkleHash.leaf(proof.extra().orElseThrow()), log()))
                .isInstanceOf(VerifiedCheckpoint.class);
        assertThat(operator.get("api/records/" + record).has("details")).isFalse();
    }

    private void assertGone() throws IOException {
        assertThat(status("avatars/white-rabbit-77/properties/activity")).isEqualTo(404);
        assertThat(status("api/things/" + alice.did())).isEqualTo(404);
        assertThat(operator.get("api/mappings").toString()).doesNotContain(alice.did());
        assertThat(operator.get("api/records?limit=500&about=" + alice.did()).path("records"))
                .isEmpty();
    }

    private int status(String path) throws IOException {
        try {
            operator.text(path);
            return 200;
        } catch (NodeRefused refused) {
            return refused.status();
        }
    }

    @Test
    void aRangeOfTimeIsForgottenInWholeEpochsAndTheRestStays() throws Exception {
        start();
        enrol(alice, "white-rabbit-77");
        long before = send(alice, 1, SAID);
        var answer =
                operator.post(
                        "api/erasures",
                        Map.of(
                                "subject",
                                alice.owner(),
                                "from",
                                Instant.now().minusSeconds(5).toString()));
        long after = send(alice, 2, "said later");
        assertThat(operator.get("api/records/" + before).has("details")).isFalse();
        assertThat(operator.get("api/records/" + after).has("details")).isTrue();
        assertThat(operator.text("avatars/white-rabbit-77/properties/activity"))
                .contains("said later");
        assertThat(operator.text("api/records?limit=500&about=" + alice.did()))
                .contains("\"index\":" + after + ",")
                .doesNotContain("\"index\":" + before + ",");
        var verdict = ErasureReceipt.verify(answer.path("receipt").asString(), log());
        var erased = ((ErasureReceipt.Verified) verdict).receipt().erased();
        assertThat(erased).hasSize(1);
        var epoch = Duration.between(erased.getFirst().from(), erased.getFirst().until());
        assertThat(epoch).isEqualTo(Duration.ofDays(1));
        stop();
        start();
        assertThat(operator.text("avatars/white-rabbit-77/properties/activity"))
                .contains("said later");
        stop();
        var traces = new Traces();
        traces.add(SAID);
        assertThat(traces.in(home)).isEmpty();
    }

    @Test
    void theNodeForgetsNothingOfItself() throws Exception {
        start();
        assertThat(refusal(Map.of("subject", "carnet.local/test"))).isEqualTo(409);
        assertThat(refusal(Map.of("subject", ""))).isEqualTo(400);
        assertThat(refusal(Map.of("subject", "x", "from", "yesterday"))).isEqualTo(400);
        var swapped =
                Map.of(
                        "subject",
                        "x",
                        "from",
                        "2026-01-02T00:00:00Z",
                        "until",
                        "2026-01-01T00:00:00Z");
        assertThat(refusal(swapped)).isEqualTo(400);
        assertThat(operator.get("api/records?kind=erased").path("records")).isEmpty();
        stop();
    }

    private int refusal(Map<String, String> body) throws IOException {
        try {
            operator.post("api/erasures", body);
            return 200;
        } catch (NodeRefused refused) {
            return refused.status();
        }
    }
}
