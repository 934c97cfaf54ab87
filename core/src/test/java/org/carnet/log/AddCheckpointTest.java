// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class AddCheckpointTest {
    private static final String NOTE =
            """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    /// The example of C2SP tlog-witness.
    private static final String PUBLISHED =
            """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            """
                    + NOTE;

    @Test
    void thePublishedRequestSaysWhatItSays() {
        var request = AddCheckpoint.parse(Bytes.utf8(PUBLISHED));
        assertThat(request.oldSize()).isEqualTo(20852014);
        assertThat(request.proof()).hasSize(4);
        assertThat(request.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(request.checkpoint().signatures()).hasSize(2);
        assertThat(request.encode()).isEqualTo(Bytes.utf8(PUBLISHED));
    }

    @Test
    void aWitnessThatNeverSawTheLogIsAskedWithoutProof() {
        var note = SignedNote.parse(Bytes.utf8(NOTE));
        var first = new AddCheckpoint(0, List.of(), note);
        assertThat(first.encode().toUtf8()).startsWith("old 0\n\nexample.com/");
        assertThat(AddCheckpoint.parse(first.encode())).isEqualTo(first);
    }

    @Test
    void aProofOf63HashesIsTheLongest() {
        var note = SignedNote.parse(Bytes.utf8(NOTE));
        var longest = new AddCheckpoint(5, Collections.nCopies(63, MerkleHash.empty()), note);
        assertThat(AddCheckpoint.parse(longest.encode())).isEqualTo(longest);
        var line = MerkleHash.empty().toBase64() + "\n";
        var longer = longest.encode().toUtf8().replaceFirst("old 5\n", "old 5\n" + line);
        assertThatThrownBy(() -> AddCheckpoint.parse(Bytes.utf8(longer)))
                .hasMessageContaining("63");
        var hashes = Collections.nCopies(64, MerkleHash.empty());
        assertThatThrownBy(() -> new AddCheckpoint(5, hashes, note)).hasMessageContaining("63");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "old 1\n",
                "old 01\n\n",
                "old -1\n\n",
                "old  1\n\n",
                "old 1 \n\n",
                "old\n\n",
                "Old 1\n\n",
                "old 1\r\n\n",
                "old 1\n\r\n",
                "old 1\nAA==\n\n",
                "old 1\n\n\n",
                "\nold 1\n\n",
            })
    void whatIsNotExactlyARequestIsRefused(String head) {
        assertThatThrownBy(() -> AddCheckpoint.parse(Bytes.utf8(head + NOTE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
