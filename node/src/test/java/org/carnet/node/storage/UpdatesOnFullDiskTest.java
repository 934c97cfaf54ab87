// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Reason;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.avatars.Avatars;
import org.carnet.node.points.Suspensions;
import org.carnet.node.points.Traffic;
import org.carnet.node.signals.Lookout;
import org.carnet.node.things.Answer;
import org.carnet.node.things.Outcomes;
import org.carnet.node.things.Sender;
import org.carnet.node.things.Things;
import org.carnet.node.things.UpdateReceiver;
import org.carnet.policy.Mapping;
import org.carnet.policy.Permission;
import org.carnet.policy.Share;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The path of an update, from the sender to the journal, on a simulated disk that fills up.
final class UpdatesOnFullDiskTest {
    private static final Path ROOT = Path.of("data").toAbsolutePath();
    private static final int SEGMENT = 1 << 16;
    private static final int AT_ONCE = 200;
    private static final SigningKey WATCH =
            SigningKey.generate(Algorithm.ED25519, new SecureRandom());

    private final SimulatedDisk disk = new SimulatedDisk();
    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());
    private final Things things = new Things();
    private long sequence;

    @Test
    void aFullDiskRefusesUpdatesWhichMayAllComeAgainWhenThereIsRoom() throws IOException {
        try (var ledger = open()) {
            var avatars = avatars(ledger);
            var receiver = receiver(ledger, avatars);
            assertThat(receive(receiver, next(AT_ONCE)))
                    .allMatch(Answer.Acknowledged.class::isInstance);
            disk.capacity(disk.used());

            var unsent = new ArrayList<Bytes>();
            while (unsent.size() < AT_ONCE) {
                var packs = next(AT_ONCE);
                var answers = receive(receiver, packs);
                for (int i = 0; i < AT_ONCE; i++) {
                    if (isTaken(answers.get(i))) continue;
                    unsent.add(packs.get(i));
                }
            }
            long acknowledged = sequence - unsent.size();
            assertThat(avatars.view("walker").orElseThrow().applied()).isEqualTo(acknowledged);
            assertThat(ledger.size()).isEqualTo(2 * acknowledged);

            disk.capacity(Long.MAX_VALUE);
            while (!isTaken(receive(receiver, unsent.subList(0, 1)).getFirst()))
                Thread.onSpinWait();
            assertThat(receive(receiver, unsent.subList(1, unsent.size()))).allMatch(this::isTaken);
            assertThat(avatars.view("walker").orElseThrow().applied()).isEqualTo(sequence);
        }
        var verdict = LogVerification.plain().directory(disk, ROOT);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        LogVerdict.Verified.class,
                        verified ->
                                assertThat(verified.counts().records()).isEqualTo(2 * sequence));
    }

    private boolean isTaken(Answer answer) {
        return switch (answer) {
            case Answer.Acknowledged acknowledged -> true;
            case Answer.Declined(var refused) -> {
                assertThat(refused.reason()).isEqualTo(Reason.STORAGE_FULL);
                yield false;
            }
        };
    }

    /// The answers to packs that are under way at the same time.
    private static List<Answer> receive(UpdateReceiver receiver, List<Bytes> packs) {
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (var pack : packs) {
            var answer = new CompletableFuture<Answer>();
            receiver.receive(pack, Sender.DIRECT, answer::complete);
            answers.add(answer);
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private List<Bytes> next(int count) {
        var now = Instant.now();
        var packs = new ArrayList<Bytes>();
        for (int i = 0; i < count; i++) {
            var reading = new Reading("rotation-x", now, new Value.Quantity(i), "rad/s");
            packs.add(
                    Signer.sign(
                            WATCH,
                            Form.COSE_SENML_CBOR,
                            WATCH.did(),
                            ++sequence,
                            now,
                            List.of(reading)));
        }
        return packs;
    }

    private Ledger open() throws IOException {
        var settings = new LedgerSettings(ROOT, Duration.ofMillis(50), SEGMENT);
        return new Ledger(disk, settings, LOG, keys, InstantSource.system(), new SecureRandom());
    }

    private StorageAgent agent(Ledger ledger) {
        var snapshots = new Snapshots(disk, ROOT, keys, new SecureRandom());
        return new StorageAgent(ledger, snapshots, keys, ROOT);
    }

    private Avatars avatars(Ledger ledger) {
        return new Avatars(agent(ledger), agent(ledger), new Traffic(), 6000);
    }

    private UpdateReceiver receiver(Ledger ledger, Avatars avatars) {
        var now = Instant.now();
        var mapping =
                new Mapping(
                        "mapping",
                        WATCH.did(),
                        Optional.empty(),
                        "agora",
                        "walker",
                        "alice",
                        "presence",
                        Mapping.sharesOf(List.of(Share.of("rotation-x"))),
                        now,
                        now.plus(Duration.ofDays(1)));
        things.add(WATCH.did(), "alice", Optional.empty());
        things.permit(new Permission(mapping, Permission.State.ACTIVE));
        avatars.mapped(mapping);
        var hour = Duration.ofHours(1);
        return new UpdateReceiver(
                things,
                agent(ledger),
                avatars,
                new Outcomes(new SimpleMeterRegistry()),
                new Traffic(),
                Lookout.withoutOutcome(0, 1, InstantSource.system()),
                new Suspensions(),
                new UpdateReceiver.Limits(1 << 16, hour, hour, 1e9),
                InstantSource.system(),
                "agora");
    }
}
