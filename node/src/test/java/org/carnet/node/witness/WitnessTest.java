// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.carnet.log.SignedNote;
import org.carnet.node.witness.Witness.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The server side of C2SP tlog-witness, status by status.
final class WitnessTest {
    private static final String ORIGIN = "carnet.local/agora";

    @TempDir Path directory;
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private final SampleLog log = SampleLog.of(ORIGIN, clock);
    private Platform pulse;

    @BeforeEach
    void start() {
        pulse = new Platform("carnet.local/pulse", directory, clock);
        pulse.trusts.put(ORIGIN, log.keys());
    }

    private Answer add(SampleLog log, long from) throws IOException {
        return add(log, from, from == 0 ? List.of() : log.proof(from));
    }

    private Answer add(SampleLog log, long from, List<Hash> proof) throws IOException {
        return pulse.witness.add(new AddCheckpoint(from, proof, log.checkpoint()));
    }

    private long held() throws IOException {
        return pulse.witness
                .latest(ORIGIN)
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(-1L);
    }

    @Test
    void whatGrewIsCosignedWithBothKeysAndShownToMonitors() throws Exception {
        assertThat(add(log.grow(5, "a"), 0)).isInstanceOf(Answer.Cosigned.class);
        var answer = add(log.grow(300, "a"), 5);
        assertThat(answer).isInstanceOf(Answer.Cosigned.class);
        var shown = pulse.witness.latestByHash(WitnessFiles.hash(ORIGIN)).orElseThrow();
        assertThat(shown.signatures())
                .containsAll(log.checkpoint().signatures())
                .containsAll(((Answer.Cosigned) answer).signatures());
        for (var key : pulse.peer().witness()) {
            assertThat(shown.cosignedAt(key)).contains(clock.instant());
        }
        // The same again is cosigned again: what was said once may be lost on its way.
        assertThat(add(log, 300, List.of())).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void aLogThatIsNotKnownOrNotSignedIsTurnedAway() throws Exception {
        var stranger = SampleLog.of("carnet.local/stranger", clock).grow(3, "s");
        assertThat(add(stranger, 0)).isInstanceOf(Answer.UnknownLog.class);
        var impostor = SampleLog.of("carnet.local/stranger", clock);
        pulse.trusts.put("carnet.local/stranger", log.keys());
        assertThat(add(impostor.grow(3, "s"), 0)).isInstanceOf(Answer.NotTrusted.class);
        assertThat(pulse.witness.latest("carnet.local/stranger")).isEmpty();
    }

    @Test
    void aSignatureOfATrustedKeyThatDoesNotVerifySpoilsTheCheckpoint() throws Exception {
        var good = log.grow(4, "a").checkpoint();
        var first = good.signatures().getFirst();
        var bytes = first.content().toArray();
        bytes[10] ^= 1;
        var bad = new SignedNote.Signature(first.name(), first.keyId(), Bytes.unsafe(bytes));
        var spoilt = new AddCheckpoint(0, List.of(), good.with(List.of(bad)));
        assertThat(pulse.witness.add(spoilt)).isInstanceOf(Answer.NotTrusted.class);
        // One of a key that nobody knows does not.
        var unknown = new SignedNote.Signature("nobody", 7, first.content());
        var more = new AddCheckpoint(0, List.of(), good.with(List.of(unknown)));
        assertThat(pulse.witness.add(more)).isInstanceOf(Answer.Cosigned.class);
        assertThat(pulse.witness.latest(ORIGIN).orElseThrow().signatures()).doesNotContain(unknown);
    }

    @Test
    void anotherOldSizeIsToldTheOneThatIsKnown() throws Exception {
        assertThat(add(log.grow(9, "a"), 5)).isEqualTo(new Answer.OtherSize(0));
        add(log, 0);
        log.grow(12, "a");
        assertThat(add(log, 0)).isEqualTo(new Answer.OtherSize(9));
        assertThat(add(log, 8)).isEqualTo(new Answer.OtherSize(9));
        assertThat(add(log, 13, List.of())).isInstanceOf(Answer.Malformed.class);
        assertThat(add(log.copy(7), 0)).isEqualTo(new Answer.OtherSize(9));
    }

    @Test
    void whatDidNotGrowFromTheKnownTreeIsNotCosigned() throws Exception {
        log.grow(9, "a");
        assertThat(add(log, 0, log.proof(4))).isInstanceOf(Answer.Inconsistent.class);
        add(log, 0);
        var fork = log.copy(6).grow(12, "b");
        assertThat(add(fork, 9)).isInstanceOf(Answer.Inconsistent.class);
        assertThat(add(log.copy(6).grow(9, "b"), 9, List.of()))
                .isInstanceOf(Answer.Inconsistent.class);
        assertThat(held()).isEqualTo(9);
        log.grow(12, "a");
        assertThat(add(log, 9, List.of())).isInstanceOf(Answer.Inconsistent.class);
        assertThat(add(log, 9)).isInstanceOf(Answer.Cosigned.class);
    }

    @Test
    void whatWasCosignedOutlivesTheProcess() throws Exception {
        add(log.grow(9, "a"), 0);
        pulse.witness = pulse.witness(directory);
        assertThat(held()).isEqualTo(9);
        assertThat(add(log.copy(6).grow(12, "b"), 0)).isEqualTo(new Answer.OtherSize(9));
    }

    @Test
    void nothingIsCosignedThatCannotBeKept() throws Exception {
        var file = Files.writeString(directory.resolve("file"), "no directory");
        pulse.witness = pulse.witness(file.resolve("witness"));
        log.grow(9, "a");
        assertThatThrownBy(() -> add(log, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsCosignedOnADamagedMemory() throws Exception {
        add(log.grow(9, "a"), 0);
        var file = directory.resolve(WitnessFiles.hash(ORIGIN) + ".checkpoint");
        Files.writeString(file, Files.readString(file).replaceFirst("\n9\n", "\n8\n"));
        log.grow(12, "a");
        assertThatThrownBy(() -> add(log, 9)).isInstanceOf(IOException.class);
    }

    /// The race that tlog-witness warns of: a smaller tree must never be kept over a greater one.
    @Test
    void requestsAtTheSameTimeNeverLeadBack() throws Exception {
        add(log.grow(4, "a"), 0);
        var requests = new ArrayList<Callable<Answer>>();
        for (int size = 5; size < 40; size++) {
            log.grow(size, "a");
            var request = new AddCheckpoint(4, log.proof(4), log.checkpoint());
            requests.add(() -> pulse.witness.add(request));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            int cosigned = 0;
            for (var answer : executor.invokeAll(requests)) {
                if (answer.get() instanceof Answer.Cosigned) cosigned++;
            }
            assertThat(cosigned).isEqualTo(1);
        }
        assertThat(held()).isGreaterThan(4);
    }
}
