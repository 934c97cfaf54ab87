// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.SignedNote;
import org.carnet.log.TlogPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The client side of C2SP tlog-witness, with witnesses that are well, slow, down, lying and rolled back.
final class WitnessingTest {
    @TempDir Path directory;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final SampleLog log = SampleLog.of("carnet.local/agora", () -> now);
    private final List<Platform> witnesses = new ArrayList<>();
    private final List<Long> reached = new ArrayList<>();
    private Optional<TlogPolicy> policy = Optional.empty();
    private Witnessed witnessed;

    @BeforeEach
    void start() throws IOException {
        for (var name : List.of("pulse", "forum", "atlas")) {
            var platform = new Platform("carnet.local/" + name, directory.resolve(name), () -> now);
            platform.trusts.put(log.keys().name(), log.keys());
            witnesses.add(platform);
        }
        witnessed = witnessed();
        policy = AnyPeer.among(log.keys(), peers());
    }

    private List<Peer> peers() {
        return witnesses.stream().map(Platform::peer).toList();
    }

    private Witnessed witnessed() throws IOException {
        return new Witnessed(
                Files.createDirectories(directory.resolve("data")),
                log.keys(),
                () -> policy,
                reached::add);
    }

    private Witnessing witnessing(Executor executor) {
        return new Witnessing(
                new KnownPeers(witnesses),
                log,
                witnessed,
                stranger -> {},
                connected -> {},
                Duration.ofSeconds(1),
                () -> now,
                executor);
    }

    /// A quorum of so many witnesses, each with both keys.
    private void demand(int count) {
        var text = new StringBuilder();
        var groups = new ArrayList<String>();
        for (var peer : peers()) {
            var names = new ArrayList<String>();
            for (var key : peer.witness()) {
                var name = "k" + groups.size() + names.size();
                text.append("witness " + name + " " + key.vkey() + "\n");
                names.add(name);
            }
            var group = "g" + groups.size();
            text.append("group " + group + " all " + String.join(" ", names) + "\n");
            groups.add(group);
        }
        text.append("group most " + count + " " + String.join(" ", groups) + "\nquorum most\n");
        policy = Optional.of(TlogPolicy.parse(Bytes.utf8(text.toString())));
    }

    private long size() {
        return witnessed.published().map(note -> Checkpoint.parse(note.text()).size()).orElse(-1L);
    }

    @Test
    void aCheckpointThatEnoughWitnessesCosignedIsPublishedAndOutlivesTheProcess() throws Exception {
        demand(3);
        var witnessing = witnessing(Runnable::run);
        log.grow(5, "a");
        witnessing.round();
        assertThat(size()).isEqualTo(5);
        log.grow(300, "a");
        witnessing.round();
        assertThat(size()).isEqualTo(300);
        assertThat(reached).containsExactly(5L, 300L);
        var published = SignedNote.parse(read());
        for (var peer : peers()) {
            assertThat(peer.witness()).allMatch(published::isSignedBy);
        }
        witnessed = witnessed();
        assertThat(size()).isEqualTo(300);
    }

    private Bytes read() throws IOException {
        return Bytes.unsafe(Files.readAllBytes(directory.resolve("data").resolve(Witnessed.FILE)));
    }

    @Test
    void aWitnessThatIsDownOrLyingOrStrangeHurtsNobodyElse() {
        demand(2);
        witnesses.getFirst().down = true;
        var witnessing = witnessing(Runnable::run);
        log.grow(5, "a");
        witnessing.round();
        assertThat(size()).isEqualTo(5);
        assertThat(witnessing.state(witnesses.getFirst().origin).trouble()).isPresent();

        // Cosignatures of another checkpoint, rubbish, a status of nobody, a size that grows.
        witnesses.getFirst().down = false;
        for (var lie :
                List.<java.util.function.UnaryOperator<Link.Reply>>of(
                        reply -> new Link.Reply(200, otherCosignatures()),
                        reply -> new Link.Reply(200, Bytes.utf8("— nobody AAAAAAAA\n")),
                        reply -> new Link.Reply(200, Bytes.utf8("rubbish")),
                        reply -> new Link.Reply(200, Bytes.utf8("")),
                        reply -> new Link.Reply(409, Bytes.utf8("1\n")),
                        reply -> new Link.Reply(409, Bytes.utf8("99999\n")),
                        reply -> new Link.Reply(409, Bytes.utf8("much")),
                        reply -> new Link.Reply(500, Bytes.utf8("")))) {
            witnesses.getFirst().tamper = lie;
            now = now.plusSeconds(120);
            long size = size();
            log.grow((int) size + 3, "a");
            witnessing.round();
            assertThat(size()).isEqualTo(size + 3);
            assertThat(witnessing.state(witnesses.getFirst().origin).trouble()).isPresent();
        }
        witnesses.getFirst().tamper = reply -> reply;
        now = now.plusSeconds(120);
        log.grow(100, "a");
        witnessing.round();
        assertThat(witnessing.state(witnesses.getFirst().origin).trouble()).isEmpty();
    }

    /// By the right keys, over another tree.
    private Bytes otherCosignatures() {
        var other = SampleLog.of(log.keys().name(), () -> now).grow(3, "b");
        var cosigner = SampleLog.cosigner(Peer.witnessName(witnesses.getFirst().origin));
        var lines = new StringBuilder();
        cosigner.cosign(other.verified().checkpoint(), other.checkpoint(), now)
                .forEach(line -> lines.append(line.line()).append('\n'));
        return Bytes.utf8(lines.toString());
    }

    @Test
    void lessThanThePolicyDemandsIsNotWitnessed() {
        demand(3);
        witnesses.getFirst().down = true;
        log.grow(5, "a");
        witnessing(Runnable::run).round();
        assertThat(size()).isEqualTo(-1);
    }

    @Test
    void withoutWitnessesNothingIsEverWitnessed() throws Exception {
        witnesses.clear();
        policy = AnyPeer.among(log.keys(), peers());
        log.grow(5, "a");
        witnessing(Runnable::run).round();
        witnessed.add(log.checkpoint(), List.of());
        assertThat(size()).isEqualTo(-1);
    }

    @Test
    void aWitnessThatWasRolledBackIsBroughtUpAgain() throws Exception {
        var witnessing = witnessing(Runnable::run);
        log.grow(5, "a");
        witnessing.round();
        var rolledBack = witnesses.getFirst();
        rolledBack.witness = rolledBack.witness(directory.resolve("empty"));
        log.grow(9, "a");
        witnessing.round();
        assertThat(witnessing.state(rolledBack.origin).size()).isEqualTo(9);
        assertThat(rolledBack.witness.latest(log.keys().name())).isPresent();
    }

    @Test
    void aNodeThatWasRolledBackIsToldSoByItsWitnesses() {
        var witnessing = witnessing(Runnable::run);
        log.grow(9, "a");
        witnessing.round();
        var again =
                new Witnessing(
                        new KnownPeers(witnesses),
                        log.copy(5),
                        witnessed,
                        stranger -> {},
                        connected -> {},
                        Duration.ofSeconds(1),
                        () -> now,
                        Runnable::run);
        again.round();
        assertThat(again.state(witnesses.getFirst().origin).trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("9 records"));
        assertThat(size()).isEqualTo(9);
    }

    @Test
    void aWitnessThatFailsIsAskedLessAndLessOften() {
        var first = witnesses.getFirst();
        int[] asked = {0};
        first.tamper =
                reply -> {
                    asked[0]++;
                    return new Link.Reply(500, Bytes.utf8(""));
                };
        var witnessing = witnessing(Runnable::run);
        for (int i = 0; i < 60; i++) {
            now = now.plusSeconds(1);
            log.grow(i + 1, "a");
            witnessing.round();
        }
        assertThat(asked[0]).isBetween(5, 10);
        assertThat(size()).isEqualTo(60);
    }

    @Test
    void aSlowWitnessHoldsUpNobodyAndCountsWhenItHasAnswered() throws Exception {
        demand(3);
        var slow = witnesses.getFirst();
        var answer = new CountDownLatch(1);
        var called = new CountDownLatch(1);
        slow.tamper =
                reply -> {
                    called.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return reply;
                };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = answer::countDown) {
            var witnessing = witnessing(executor);
            log.grow(5, "a");
            witnessing.round();
            assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
            await(witnessing, 5);
            log.grow(6, "a");
            witnessing.round();
            await(witnessing, 6);
            assertThat(size()).isEqualTo(-1);
        }
        // The executor has ended all: the quorum of the older checkpoint is complete now.
        assertThat(size()).isEqualTo(5);
    }

    /// Until all but the slow one have cosigned so much.
    private void await(Witnessing witnessing, long size) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (witnesses.stream()
                .skip(1)
                .anyMatch(platform -> witnessing.state(platform.origin).size() < size)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
