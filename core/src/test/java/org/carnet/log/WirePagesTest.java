// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.envelope.CoseReceipt;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.IntStream;

/// What the pages on wire forms show is what this code writes.
class WirePagesTest {
    private static final Path PAGES = Path.of("../docs/wire");

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final NoteSigner ed25519 = LogKeys.signer("carnet.local/agora", 1);
    private final LogSigner log = LogKeys.log("carnet.local/agora", 1);
    private final List<Bytes> entries =
            IntStream.range(0, 5)
                    .mapToObj(i -> i == 2 ? RecordTest.RECORD.encode() : Bytes.utf8("entry " + i))
                    .toList();
    private final List<Hash> leaves = entries.stream().map(MerkleHash::leaf).toList();
    private final Proofs proofs = new Proofs(new MemoryTiles(leaves), 5);

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
    void thePagesOnNotesAndCheckpointsShowWhatTheLogSigns() throws IOException {
        var any = SignedNote.sign("Any text, of any number of lines.\n", ed25519);
        assertThat(page("note.md"))
                .contains(any.encode().toUtf8(), log.verifier().encode().toUtf8());
        assertThat(page("checkpoint.md")).contains(signed().encode().toUtf8());
    }

    @Test
    void thePageOnCosignaturesShowsWhatIsSignedAndWhatIsMadeOfIt() throws IOException {
        var note = signed();
        var checkpoint = Checkpoint.parse(note.text());
        var witness = LogKeys.cosigner("carnet.local/arcadia/witness", 2);
        long seconds = NOON.getEpochSecond();
        var lines = witness.cosign(checkpoint, note, NOON);
        assertThat(page("cosignature.md"))
                .contains(Cosignature.ed25519Message(seconds, note.text()).toUtf8())
                .contains(Cosignature.mlDsaMessage(witness.name(), seconds, checkpoint).toHex())
                .contains(lines.getFirst().line(), lines.getLast().line())
                .contains(witness.verifiers().getFirst().vkey())
                .contains(witness.verifiers().getLast().vkey())
                .contains(
                        new AddCheckpoint(3, proofs.consistency(3).path(), note).encode().toUtf8());
        assertThat(note.with(lines).cosignedAt(witness.verifiers().getLast())).contains(NOON);
    }

    @Test
    void thePageOnTilesShowsATileAndItsBundle() throws IOException {
        var tile = new MemoryTiles(leaves).tile(new Tile(0, 0, 5)).toHex();
        assertThat(page("tiles.md").replace("\n", ""))
                .contains(tile, new EntryBundle(entries).encode().toHex());
    }

    @Test
    void thePageOnProofsShowsOneThatVerifies() throws IOException {
        var path = proofs.inclusion(2).path();
        var proof = new TlogProof(Optional.of(entries.get(2)), 2, path, signed());
        assertThat(page("proof.md")).contains(proof.encode().toUtf8());
        assertThat(proof.verify(leaves.get(2), log.verifier()))
                .isInstanceOf(VerifiedCheckpoint.class);
    }

    @Test
    void thePageOnReceiptsShowsOneThatVerifies() throws IOException {
        var claim = new CoseReceipt.Included(proofs.inclusion(2));
        var key = log.verifier().keys().getFirst();
        var receipt = CoseReceipt.sign(log, key, claim, proofs.root());
        assertThat(page("cose-receipt.md").replace("\n", "")).contains(receipt.encode().toHex());
        assertThat(receipt.verifiesEntry(leaves.get(2), log.verifier())).isTrue();
    }

    /// The example is the one of the specification, with its keys left out there as here.
    @Test
    void thePageOnPoliciesShowsOneThatIsRead() throws IOException {
        var page = page("policy.md");
        int start = page.indexOf("```text\n") + 8;
        var policy = page.substring(start, page.indexOf("```", start));
        for (int i = 1; policy.contains("…"); i++) {
            var vkey =
                    i == 1
                            ? log.verifier().keys().getFirst().vkey()
                            : LogKeys.cosigner("w" + i, i).verifiers().getLast().vkey();
            policy = policy.replaceFirst("\\S+…", Matcher.quoteReplacement(vkey));
        }
        assertThat(TlogPolicy.parse(Bytes.utf8(policy)).witnesses()).hasSize(3);
    }

    private SignedNote signed() throws IOException {
        return log.sign(5, proofs.root(), NOON);
    }

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }
}
