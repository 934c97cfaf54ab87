// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the pages on wire forms show is what this code writes.
class WirePagesTest {
    private static final Path PAGES = Path.of("../docs/wire");

    private final NoteSigner log = LogKeys.signer("carnet.local/agora", 1);
    private final List<Bytes> entries =
            IntStream.range(0, 5)
                    .mapToObj(i -> i == 2 ? RecordTest.RECORD.encode() : Bytes.utf8("entry " + i))
                    .toList();

    @Test
    void thePageOnRecordsShowsARecordAndItsHash() throws IOException {
        var page = Files.readString(PAGES.resolve("record.md"));
        var leaf = RecordTest.RECORD.encode();
        assertThat(page).contains(leaf.toHex(), MerkleHash.leaf(leaf).toBase64());
        for (var kind : Record.Kind.values()) {
            assertThat(page).containsPattern("\\| " + kind.code() + " \\| " + kind + " +\\|");
        }
    }

    @Test
    void thePageOnTheLogShowsACheckpointAndAProofThatVerify() throws IOException {
        var page = Files.readString(PAGES.resolve("log.md"));
        var leaves = entries.stream().map(MerkleHash::leaf).toList();
        var proofs = new Proofs(new MemoryTiles(leaves), 5);
        var checkpoint = new Checkpoint("carnet.local/agora", 5, proofs.root());
        var note = SignedNote.sign(checkpoint.text(), log);
        var extra = Optional.of(entries.get(2));
        var proof = new TlogProof(extra, 2, proofs.inclusion(2).path(), note);
        assertThat(page)
                .contains(log.verifier().vkey(), note.encode().toUtf8(), proof.encode().toUtf8());
    }
}
