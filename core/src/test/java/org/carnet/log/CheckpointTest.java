// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    private final NoteSigner log = LogKeys.signer("example.com/log", 1);

    /// The example of C2SP tlog-checkpoint.
    @Test
    void thePublishedCheckpointSaysWhatItSays() {
        var text = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
        var checkpoint = Checkpoint.parse(text);
        assertThat(checkpoint)
                .isEqualTo(
                        new Checkpoint("example.com/behind-the-sofa", 20852163, Hash.base64(ROOT)));
        assertThat(checkpoint.text()).isEqualTo(text);
    }

    @Test
    void extensionLinesAreLetPass() {
        assertThat(Checkpoint.parse("log\n1\n" + ROOT + "\nmore\n").size()).isEqualTo(1);
        assertThatThrownBy(() -> Checkpoint.parse("log\n1\n" + ROOT + "\n\nmore\n"))
                .hasMessageContaining("empty line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log\n",
                "log\n1\n",
                "log\n1\n" + ROOT,
                "\n1\n" + ROOT + "\n",
                "log\n01\n" + ROOT + "\n",
                "log\n-1\n" + ROOT + "\n",
                "log\n+1\n" + ROOT + "\n",
                "log\n1 \n" + ROOT + "\n",
                "log\n١\n" + ROOT + "\n",
                "log\n9223372036854775808\n" + ROOT + "\n",
                "log\n99999999999999999999\n" + ROOT + "\n",
                "log\n0\n" + ROOT + "\n",
                "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
            })
    void whatIsNotExactlyACheckpointIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyACheckpointThatItsLogSignedIsBelieved() {
        var own = new Checkpoint("example.com/log", 1, Hash.base64(ROOT));
        assertThat(verify(SignedNote.sign(own.text(), log)))
                .isInstanceOfSatisfying(
                        VerifiedCheckpoint.class,
                        verified -> assertThat(verified.checkpoint()).isEqualTo(own));

        var impostor = LogKeys.signer("example.com/log", 2);
        assertThat(reason(verify(SignedNote.sign(own.text(), impostor))))
                .isEqualTo("the checkpoint is not signed by " + log.verifier());
        var foreign = new Checkpoint("example.com/other", 1, Hash.base64(ROOT));
        assertThat(reason(verify(SignedNote.sign(foreign.text(), log))))
                .isEqualTo("the checkpoint is of example.com/other, not of example.com/log");
        assertThat(reason(verify(SignedNote.sign("no checkpoint\n", log))))
                .startsWith("not a checkpoint: ");
        assertThat(reason(Checkpoint.verify(Bytes.utf8("no note"), LogVerifier.of(log.verifier()))))
                .startsWith("not a signed note: ");
    }

    private CheckpointVerdict verify(SignedNote note) {
        return Checkpoint.verify(note.encode(), LogVerifier.of(log.verifier()));
    }

    private static String reason(CheckpointVerdict verdict) {
        return ((Unverified) verdict).reason();
    }
}
