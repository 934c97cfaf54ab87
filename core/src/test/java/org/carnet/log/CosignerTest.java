// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.identity.MlDsaSigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class CosignerTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final NoteSigner log = LogKeys.signer("example.com/log", 1);
    private final Cosigner witness = LogKeys.cosigner("witness.example/w1", 2);
    private final Checkpoint checkpoint =
            new Checkpoint("example.com/log", 7, MerkleHash.leaf(Bytes.utf8("root")));
    private final SignedNote note = SignedNote.sign(checkpoint.text(), log);

    private SignedNote cosigned(Instant when) {
        return note.with(witness.cosign(checkpoint, note, when));
    }

    @Test
    void aCosignedCheckpointSaysByWhomAndWhen() {
        var read = SignedNote.parse(cosigned(NOON.plusMillis(999)).encode());
        assertThat(read.isSignedBy(log.verifier())).isTrue();
        assertThat(read.cosignedAt(log.verifier())).isEmpty();
        for (var verifier : witness.verifiers()) {
            var known = NoteVerifier.parse(verifier.vkey());
            assertThat(known).isEqualTo(verifier);
            assertThat(known.isCosigner()).isTrue();
            assertThat(read.isSignedBy(known)).isTrue();
            assertThat(read.cosignedAt(known)).contains(NOON);
            assertThat(note.cosignedAt(known)).isEmpty();
        }
        assertThat(witness.verifiers())
                .extracting(NoteVerifier::isPostQuantum)
                .containsExactly(false, true);
    }

    /// What is signed, written out by hand after tlog-cosignature.
    @Test
    void whatIsSignedIsWhatTheSpecificationSays() {
        assertThat(Cosignature.ed25519Message(1679315147, checkpoint.text()).toUtf8())
                .isEqualTo("cosignature/v1\ntime 1679315147\n" + checkpoint.text());
        assertThat(Cosignature.mlDsaMessage("w", 1679315147, checkpoint).toHex())
                .isEqualTo(
                        "737562747265652f76310a00"
                                + "0177"
                                + "00000000641850cb"
                                + "0f6578616d706c652e636f6d2f6c6f67"
                                + "0000000000000000"
                                + "0000000000000007"
                                + checkpoint.root().bytes().toHex());
    }

    @Test
    void anotherTimeSizeOriginOrRootIsNotWhatWasCosigned() {
        for (var verifier : witness.verifiers()) {
            var lines = witness.cosign(checkpoint, note, NOON);
            var line = lines.stream().filter(verifier::made).findFirst().orElseThrow();
            for (var other :
                    List.of(
                            new Checkpoint("example.com/other", 7, checkpoint.root()),
                            new Checkpoint("example.com/log", 8, checkpoint.root()),
                            new Checkpoint("example.com/log", 7, MerkleHash.empty()))) {
                assertThat(new SignedNote(other.text(), List.of(line)).isSignedBy(verifier))
                        .isFalse();
            }
            var later = line.content().toArray();
            later[7] ^= 1;
            var spoilt = new SignedNote.Signature(line.name(), line.keyId(), Bytes.unsafe(later));
            assertThat(new SignedNote(note.text(), List.of(spoilt)).isSignedBy(verifier)).isFalse();
            assertThat(new SignedNote(note.text(), List.of(line, spoilt)).cosignedAt(verifier))
                    .isEmpty();
        }
    }

    /// The Ed25519 form covers the lines that nobody reads; the ML-DSA-44 form does not (tlog-cosignature).
    @Test
    void extensionLinesAreCoveredByOneFormOnly() {
        var extended = SignedNote.sign(note.text() + "extension\n", log);
        var cosigned = extended.with(witness.cosign(checkpoint, extended, NOON));
        var stripped = new SignedNote(note.text(), cosigned.signatures());
        var ed25519 = witness.verifiers().getFirst();
        var mlDsa = witness.verifiers().getLast();
        assertThat(cosigned.isSignedBy(ed25519)).isTrue();
        assertThat(cosigned.isSignedBy(mlDsa)).isTrue();
        assertThat(stripped.isSignedBy(ed25519)).isFalse();
        assertThat(stripped.isSignedBy(mlDsa)).isTrue();
    }

    @Test
    void nothingButACheckpointIsCosigned() {
        var text = SignedNote.sign("no checkpoint\n", log);
        assertThatThrownBy(() -> witness.cosign(checkpoint, text, NOON))
                .isInstanceOf(IllegalArgumentException.class);
        var other = new Checkpoint("example.com/log", 8, checkpoint.root());
        assertThatThrownBy(() -> witness.cosign(other, note, NOON))
                .hasMessage("the note is of another checkpoint");
        var line = witness.cosign(checkpoint, note, NOON).getFirst();
        var moved = new SignedNote(text.text(), List.of(line));
        assertThat(moved.isSignedBy(witness.verifiers().getFirst())).isFalse();
    }

    @Test
    void namesOf255BytesAreCosignedAndLongerOnesAreNot() {
        var longest = LogKeys.cosigner("w".repeat(255), 3);
        var cosigned = note.with(longest.cosign(checkpoint, note, NOON));
        assertThat(cosigned.isSignedBy(longest.verifiers().getLast())).isTrue();
        var tooLong = LogKeys.cosigner("w".repeat(256), 3);
        assertThatThrownBy(() -> tooLong.cosign(checkpoint, note, NOON))
                .hasMessageContaining("256 bytes");
        var far = new Checkpoint("o".repeat(256), 7, checkpoint.root());
        var foreign = SignedNote.sign(far.text(), log);
        assertThatThrownBy(() -> witness.cosign(far, foreign, NOON))
                .hasMessageContaining("256 bytes");
    }

    @Test
    void aTimeBeyondAllCalendarsIsNoSignature() {
        for (var verifier : witness.verifiers()) {
            int length = verifier.isPostQuantum() ? 2428 : 72;
            for (byte first : new byte[] {-128, 127}) {
                var content = new byte[length];
                content[0] = first;
                var line =
                        new SignedNote.Signature(
                                verifier.name(), verifier.keyId(), Bytes.unsafe(content));
                assertThat(new SignedNote(note.text(), List.of(line)).isSignedBy(verifier))
                        .isFalse();
            }
        }
    }

    /// Eight cosigners with two signatures each beside the log's own two.
    @Test
    void sixteenWitnessSignaturesFitOnACheckpoint() {
        var all = note;
        var cosigners =
                IntStream.range(0, 8).mapToObj(i -> LogKeys.cosigner("w.example/" + i, i)).toList();
        for (var cosigner : cosigners) all = all.with(cosigner.cosign(checkpoint, all, NOON));
        var read = SignedNote.parse(all.encode());
        for (var cosigner : cosigners) {
            assertThat(cosigner.verifiers()).allMatch(read::isSignedBy);
        }
        assertThat(read.with(read.signatures())).isEqualTo(read);
    }

    @Test
    void aLogIsBelievedOnlyWithBothItsSignatures() {
        var signer = LogKeys.log("example.com/log", 1);
        var signed = signer.sign(7, checkpoint.root(), NOON);
        var keys = LogVerifier.parse(signer.verifier().encode());
        assertThat(keys).isEqualTo(signer.verifier());
        assertThat(keys.keys())
                .extracting(NoteVerifier::isPostQuantum)
                .containsExactly(false, true);
        assertThat(Checkpoint.verify(signed, keys)).isInstanceOf(VerifiedCheckpoint.class);
        for (var line : signed.signatures()) {
            var half = new SignedNote(signed.text(), List.of(line));
            assertThat(Checkpoint.verify(half, keys)).isInstanceOf(Unverified.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "KEY", "KEY\n\n", "KEY\nKEY\n", "KEY\nOTHER\n", "KEY\r\n"})
    void whatIsNotTheKeysOfOneLogIsRefused(String text) {
        var encoded =
                text.replace("KEY", log.verifier().vkey())
                        .replace("OTHER", LogKeys.signer("example.com/b", 1).verifier().vkey());
        assertThatThrownBy(() -> LogVerifier.parse(Bytes.utf8(encoded)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVkeyMustHaveTheLengthAndTheIdOfItsType() {
        var vkey = witness.verifiers().getLast().vkey();
        assertThat(vkey).startsWith("witness.example/w1+").hasSize(18 + 10 + 1752);
        assertThatThrownBy(() -> NoteVerifier.parse(vkey.replace("w1+", "w2+")))
                .hasMessageContaining("id");
        assertThatThrownBy(() -> NoteVerifier.parse(vkey.substring(0, vkey.length() - 4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreInNoText() {
        var seed = MerkleHash.leaf(Bytes.utf8("key 2")).bytes();
        assertThat(witness.toString() + MlDsaSigningKey.of(seed))
                .doesNotContain(seed.toHex(), seed.toBase64());
    }
}
