// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Evidence;
import org.carnet.log.NoteSigner;
import org.carnet.log.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a monitor reports of a log that misbehaves, and that the evidence convinces a stranger.
final class MonitorTest {
    private static final NoteSigner REPORTER =
            new NoteSigner(
                    "carnet.local/watch/evidence",
                    SigningKey.of(
                            Algorithm.ED25519, Bytes.utf8("0123456789abcdef0123456789abcdef")));

    @TempDir Path directory;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final List<Evidence> told = new ArrayList<>();
    private final List<Evidence.Kind> over = new ArrayList<>();
    private Platform agora;
    private Platform pulse;
    private Monitor monitor;

    @BeforeEach
    void start() {
        agora = new Platform("carnet.local/agora", directory.resolve("agora"), () -> now);
        pulse = new Platform("carnet.local/pulse", directory.resolve("pulse"), () -> now);
        pulse.trusts.put(agora.origin, agora.log.keys());
        monitor =
                new Monitor(
                        agora.peer(),
                        agora,
                        Optional.empty(),
                        (peer, evidence) -> told.add(evidence),
                        (peer, kind) -> over.add(kind),
                        () -> now);
    }

    private void round() {
        now = now.plusSeconds(1);
        monitor.round(Optional.empty(), List.of(new Monitor.Other(pulse.origin, pulse)));
    }

    /// Another witness is shown a tree.
    private void show(SampleLog log, long from) throws IOException {
        var proof = from == 0 ? List.<org.carnet.log.Hash>of() : log.proof(from);
        assertThat(pulse.witness.add(new AddCheckpoint(from, proof, log.checkpoint())))
                .isInstanceOf(Witness.Answer.Cosigned.class);
    }

    private Evidence.Verdict verdict(Evidence evidence) {
        var file = evidence.report(REPORTER).encode();
        var read = SignedNote.parse(file);
        assertThat(read.isSignedBy(REPORTER.verifier())).isTrue();
        assertThat(Evidence.parse(read)).isEqualTo(evidence);
        return Evidence.parse(read).judge(agora.log.keys());
    }

    @Test
    void aLogThatOnlyGrowsIsNeverReported() throws Exception {
        agora.log.grow(1, "a");
        show(agora.log, 0);
        round();
        long shown = 1;
        for (int size : new int[] {2, 3, 8, 9, 255, 256, 257, 300}) {
            agora.log.grow(size, "a");
            if (size % 2 == 1) {
                show(agora.log, shown);
                shown = size;
            }
            round();
        }
        assertThat(told).isEmpty();
        assertThat(monitor.trouble()).isEmpty();
    }

    @Test
    void aTreeThatAnotherWitnessWasShownOfTheSameSizeIsAFork() throws Exception {
        agora.log.grow(6, "a");
        show(agora.log.copy(4).grow(6, "b"), 0);
        round();
        assertThat(told).singleElement().extracting(Evidence::kind).isEqualTo(Evidence.Kind.FORK);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Proven.class);
    }

    @Test
    void aSmallerTreeThatAnotherWitnessWasShownIsAForkIfItIsNotTheBeginning() throws Exception {
        for (int common : new int[] {0, 1, 3, 4}) {
            start();
            agora.log.grow(common, "a").grow(300, "a");
            pulse.witness = pulse.witness(directory.resolve("pulse" + common));
            show(agora.log.copy(common).grow(common + 5, "b"), 0);
            told.clear();
            round();
            assertThat(told).singleElement();
            assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Proven.class);
        }
    }

    @Test
    void aGreaterTreeThatAnotherWitnessWasShownIsAForkAsSoonAsTheLogHasGrownPastIt()
            throws Exception {
        agora.log.grow(6, "a");
        show(agora.log.copy(4).grow(9, "b"), 0);
        round();
        assertThat(told).isEmpty();
        agora.log.grow(12, "a");
        round();
        // By the tree that was waiting and by the one that is asked for again.
        assertThat(told).isNotEmpty().extracting(Evidence::kind).containsOnly(Evidence.Kind.FORK);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Proven.class);
    }

    @Test
    void aGreaterTreeThatTheLogNeverShowsIsAStallWithBothCheckpoints() throws Exception {
        agora.log.grow(6, "a");
        show(agora.log.copy(4).grow(9, "b"), 0);
        for (int i = 0; i < Monitor.PATIENCE; i++) round();
        assertThat(told.getFirst().kind()).isEqualTo(Evidence.Kind.STALL);
        assertThat(told.getFirst().second()).isPresent();
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Reported.class);
    }

    @Test
    void aLogThatShowsAnotherTreeThanBeforeIsAFork() throws Exception {
        agora.log.grow(6, "a");
        round();
        agora.log = agora.log.copy(4).grow(9, "b");
        round();
        assertThat(told).singleElement().extracting(Evidence::kind).isEqualTo(Evidence.Kind.FORK);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Proven.class);
    }

    @Test
    void aLogThatWentBackAndSignedAgainConvictsItself() throws Exception {
        agora.log.grow(9, "a");
        round();
        agora.log = agora.log.copy(6);
        round();
        assertThat(told).singleElement();
        assertThat(told.getFirst().kind()).isEqualTo(Evidence.Kind.ROLLBACK);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Proven.class);
        agora.log.grow(9, "a");
        round();
        assertThat(over).contains(Evidence.Kind.ROLLBACK);
    }

    @Test
    void aLogThatShowsAnOldCheckpointIsReportedOnTheWordOfWhoSawIt() throws Exception {
        var before = agora.log.grow(6, "a").copy(6);
        round();
        agora.log.grow(9, "a");
        now = now.plusSeconds(10);
        agora.log.grow(10, "a");
        round();
        agora.log = before;
        round();
        assertThat(told.getFirst().kind()).isEqualTo(Evidence.Kind.ROLLBACK);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Reported.class);
    }

    @Test
    void aLogThatDoesNotAnswerIsAStallAfterSomeRoundsAndOverWhenItDoes() {
        agora.log.grow(6, "a");
        round();
        agora.down = true;
        for (int i = 1; i < Monitor.PATIENCE; i++) round();
        assertThat(told).isEmpty();
        round();
        assertThat(told).singleElement().extracting(Evidence::kind).isEqualTo(Evidence.Kind.STALL);
        assertThat(verdict(told.getFirst())).isInstanceOf(Evidence.Verdict.Reported.class);
        agora.down = false;
        over.clear();
        round();
        assertThat(over).contains(Evidence.Kind.STALL);
    }

    @Test
    void evidenceAgainstAnotherLogOrWithAnotherProofIsWorthless() throws Exception {
        agora.log.grow(300, "a");
        show(agora.log.copy(4).grow(9, "b"), 0);
        round();
        var good = told.getFirst();
        assertThat(good.judge(pulse.log.keys())).isInstanceOf(Evidence.Verdict.Worthless.class);
        var root = good.fork().orElseThrow().root();
        for (var fork :
                List.of(
                        new Evidence.Fork(root, List.of(root)),
                        new Evidence.Fork(
                                agora.log.proof(9).getFirst(), good.fork().orElseThrow().path()))) {
            var bad =
                    new Evidence(
                            good.kind(),
                            good.time(),
                            Optional.of(fork),
                            good.first(),
                            good.second());
            assertThat(bad.judge(agora.log.keys())).isInstanceOf(Evidence.Verdict.Worthless.class);
        }
    }
}
