// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What evidence is worth, and that it is read strictly.
class EvidenceTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LogSigner LOG = LogKeys.log("carnet.local/agora", 1);
    private static final NoteSigner REPORTER = LogKeys.signer("carnet.local/pulse/evidence", 2);

    private static SignedNote signed(int size, String story, Instant at) {
        return LOG.sign(size, tree(size, story).root(), at);
    }

    /// Three leaves that all stories have, and then their own.
    private static CompactTree tree(int size, String story) {
        var tree = new CompactTree();
        for (int i = 0; i < size; i++) {
            tree.append(MerkleHash.leaf(Bytes.utf8((i < 3 ? "common" : story) + i)));
        }
        return tree;
    }

    private static Evidence fork(SignedNote first, SignedNote second, Evidence.Fork proof) {
        return new Evidence(
                Evidence.Kind.FORK, NOON, Optional.of(proof), first, Optional.of(second));
    }

    private static Evidence rollback(SignedNote first, SignedNote second) {
        return new Evidence(
                Evidence.Kind.ROLLBACK, NOON, Optional.empty(), first, Optional.of(second));
    }

    @Test
    void twoRootsOfOneSizeAreAForkThatNeedsNobodysWord() {
        var root = tree(5, "b").root();
        var evidence =
                fork(
                        signed(5, "a", NOON),
                        signed(5, "b", NOON),
                        new Evidence.Fork(root, List.of()));
        assertThat(evidence.judge(LOG.verifier())).isInstanceOf(Evidence.Verdict.Proven.class);
        var read = Evidence.parse(SignedNote.parse(evidence.report(REPORTER).encode()));
        assertThat(read).isEqualTo(evidence);
    }

    @Test
    void whatTheLogMaySignIsNoEvidence() {
        var first = signed(3, "a", NOON);
        var second = signed(5, "b", NOON);
        // The second grew from the first: whatever root is named, no proof leads from it.
        for (var root : List.of(tree(3, "a").root(), tree(5, "a").root())) {
            var evidence = fork(first, second, new Evidence.Fork(root, List.of()));
            assertThat(evidence.judge(LOG.verifier()))
                    .isInstanceOf(Evidence.Verdict.Worthless.class);
        }
        assertThat(rollback(first, second).judge(LOG.verifier()))
                .isInstanceOf(Evidence.Verdict.Worthless.class);
    }

    @Test
    void aRollbackIsProvenOnlyIfTheLogItselfSaysWhichCameFirst() {
        var greater = signed(5, "a", NOON);
        assertThat(rollback(greater, signed(3, "a", NOON.plusSeconds(9))).judge(LOG.verifier()))
                .isInstanceOf(Evidence.Verdict.Proven.class);
        assertThat(rollback(greater, signed(3, "a", NOON.minusSeconds(9))).judge(LOG.verifier()))
                .isInstanceOf(Evidence.Verdict.Reported.class);
    }

    @Test
    void checkpointsOfAnotherLogAreWorthNothing() {
        var evidence = rollback(signed(5, "a", NOON), signed(3, "a", NOON.plusSeconds(9)));
        var others = LogKeys.log("carnet.local/agora", 3).verifier();
        assertThat(evidence.judge(others)).isInstanceOf(Evidence.Verdict.Worthless.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "carnet-evidence v2\nstall\ntime 1\n",
                "carnet-evidence v1\ntheft\ntime 1\n",
                "carnet-evidence v1\nstall\ntime 01\nfirst 1\nx\n",
                "carnet-evidence v1\nstall\ntime 9223372036854775807\nfirst 1\nx\n",
                "carnet-evidence v1\nstall\ntime 1\nfirst 99\nx\n",
                "carnet-evidence v1\nstall\ntime 1\nfirst 0\n",
                "carnet-evidence v1\nfork\ntime 1\nroot AAAA\n",
                "carnet-evidence v1\nfork\ntime 1\n"
            })
    void whatIsNotExactlyEvidenceIsRefused(String text) {
        var note = SignedNote.sign(text + (text.isEmpty() ? "\n" : ""), REPORTER);
        assertThatThrownBy(() -> Evidence.parse(note)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingMayFollowTheEvidence() {
        var whole = rollback(signed(5, "a", NOON), signed(3, "a", NOON)).report(REPORTER).text();
        var more = SignedNote.sign(whole + "more\n", REPORTER);
        assertThatThrownBy(() -> Evidence.parse(more)).isInstanceOf(IllegalArgumentException.class);
    }
}
