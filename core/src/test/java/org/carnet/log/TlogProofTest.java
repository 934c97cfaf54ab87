// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class TlogProofTest {
    private static final List<Bytes> ENTRIES =
            IntStream.range(0, 20).mapToObj(i -> Bytes.utf8("entry " + i)).toList();

    private final LogSigner log = LogKeys.log("example.com/log", 1);

    @Test
    void whatWasProvedIsBelievedAfterTheWayThroughText() throws IOException {
        for (int index = 0; index < ENTRIES.size(); index++) {
            var text = prove(index).encode();
            var proof = TlogProof.parse(text);
            assertThat(proof).isEqualTo(prove(index));
            assertThat(proof.encode()).isEqualTo(text);
            assertThat(verdict(proof)).isInstanceOf(VerifiedCheckpoint.class);
        }
    }

    @Test
    void aProofReadsAsTheSpecificationShows() throws IOException {
        var lines = prove(2).encode().toUtf8().lines().toList();
        assertThat(lines)
                .startsWith("c2sp.org/tlog-proof@v1", "extra ZW50cnkgMg==", "index 2")
                .containsSequence("", "example.com/log", "20");
        var bare = new TlogProof(Optional.empty(), 2, prove(2).path(), prove(2).checkpoint());
        assertThat(TlogProof.parse(bare.encode())).isEqualTo(bare);
        assertThat(bare.encode().toUtf8()).startsWith("c2sp.org/tlog-proof@v1\nindex 2\n");
    }

    @Test
    void noByteOfAProofCanBeChanged() throws IOException {
        var text = prove(13).encode();
        for (int at = 0; at < text.length(); at++) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = text.toArray();
                changed[at] ^= (byte) (1 << bit);
                assertThat(isBelieved(Bytes.copyOf(changed)))
                        .as("bit %d of byte %d", bit, at)
                        .isFalse();
            }
            assertThat(isBelieved(text.slice(0, at))).as("cut at %d", at).isFalse();
        }
    }

    @Test
    void aProofOfOneEntryProvesNoOther() throws IOException {
        var proof = prove(3);
        var other = MerkleHash.leaf(ENTRIES.get(4));
        assertThat(proof.verify(other, log.verifier()))
                .isEqualTo(new Unverified("no such entry stands at 3 of 20"));
        var elsewhere = new TlogProof(proof.extra(), 4, proof.path(), proof.checkpoint());
        assertThat(verdict(elsewhere)).isInstanceOf(Unverified.class);
        var beyond = new TlogProof(proof.extra(), 20, proof.path(), proof.checkpoint());
        assertThat(verdict(beyond)).isInstanceOf(Unverified.class);
    }

    @Test
    void aProofWithLinesThatEndOtherwiseIsRefused() throws IOException {
        var proof = prove(1).encode().toUtf8();
        for (int line = 0; line < proof.lines().count(); line++) {
            var lines = new ArrayList<>(proof.lines().toList());
            lines.set(line, lines.get(line) + "\r");
            var changed = Bytes.utf8(String.join("\n", lines) + "\n");
            assertThatThrownBy(() -> TlogProof.parse(changed))
                    .as("line %d", line)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> TlogProof.parse(Bytes.utf8(proof.replace("\n", "\r\n"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v1",
                "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v2\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nextra AA==\n\n",
                "c2sp.org/tlog-proof@v1\nindex 01\n\n",
                "c2sp.org/tlog-proof@v1\nindex -1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\nextra AA==\n\n",
                "c2sp.org/tlog-proof@v1\nextra AB==\nindex 1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\nAA==\n\n",
            })
    void whatIsNotExactlyAProofIsRefused(String head) throws IOException {
        var note = prove(1).checkpoint().encode().toUtf8();
        assertThatThrownBy(() -> TlogProof.parse(Bytes.utf8(head + note)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean isBelieved(Bytes text) {
        try {
            return verdict(TlogProof.parse(text)) instanceof VerifiedCheckpoint;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private CheckpointVerdict verdict(TlogProof proof) {
        return proof.verify(MerkleHash.leaf(proof.extra().orElseThrow()), log.verifier());
    }

    private TlogProof prove(int index) throws IOException {
        var leaves = ENTRIES.stream().map(MerkleHash::leaf).toList();
        var proofs = new Proofs(new MemoryTiles(leaves), leaves.size());
        return new TlogProof(
                Optional.of(ENTRIES.get(index)),
                index,
                proofs.inclusion(index).path(),
                log.sign(leaves.size(), proofs.root(), Instant.EPOCH));
    }
}
