// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;
import org.carnet.log.Assurance;
import org.carnet.log.Checkpoint;
import org.carnet.log.CompactTree;
import org.carnet.log.Cosigner;
import org.carnet.log.Hash;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteSigner;
import org.carnet.log.Proofs;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.log.SignedNote;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.log.TlogProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The page checks the log by a second implementation of the rules; it must come to the same verdicts as the first.
class TlogScriptTest {
    private static final String ORIGIN = "carnet.test/log";
    private static final int EARLIER = 77;
    private static final int PROVED = 263;
    private static final SigningKey KEY = SigningKey.of(Algorithm.ED25519, hash("key"));

    private final LogSigner signer = signer(ORIGIN);
    private final List<Bytes> entries =
            IntStream.range(0, 300).mapToObj(TlogScriptTest::record).toList();

    @TempDir Path log;

    /// Needs `node` of version 20 or later on the path; without it the page is not tested, so the build fails.
    @Test
    void theScriptOfThePageAgreesWithTheNode() throws Exception {
        writeLog();
        var run =
                new ProcessBuilder("node", "--test", "src/test/js/tlog.test.mjs")
                        .redirectErrorStream(true);
        run.environment().put("CARNET_TEST_LOG", log.toString());
        var process = run.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("# pass 19", "# fail 0", "# skipped 0");
    }

    private void writeLog() throws IOException {
        for (var tile : List.of(new Tile(0, 0, 256), new Tile(0, 1, 44), new Tile(1, 0, 1))) {
            write(tile.path(), tile(tile));
        }
        var proofs = new Proofs(new Tiles(), entries.size());
        var checkpoint = sign(new Checkpoint(ORIGIN, entries.size(), proofs.root()));
        var path = proofs.inclusion(PROVED).path();
        var extra = Optional.of(entries.get(PROVED));
        write("checkpoint", checkpoint.encode());
        write("record.tlog-proof", new TlogProof(extra, PROVED, path, checkpoint).encode());
        write("log.vkey", signer.verifier().encode());
        write("entries", join(entries));
        var earlier = new CompactTree();
        entries.subList(0, EARLIER).forEach(entry -> earlier.append(MerkleHash.leaf(entry)));
        write("earlier", sign(new Checkpoint(ORIGIN, EARLIER, earlier.root())).encode());
        write("empty", sign(new Checkpoint(ORIGIN, 0, new CompactTree().root())).encode());
        writeHostile(earlier.root());
        writeCosigned(checkpoint);
        var foreign = new Checkpoint("carnet.test/other", EARLIER, earlier.root());
        var ed25519 = new NoteSigner(ORIGIN, KEY);
        write("foreign", SignedNote.sign(foreign.text(), ed25519).encode());
    }

    /// What a log with two faces signs, and what somebody else signs in its name.
    private void writeHostile(Hash other) throws IOException {
        write("fork", sign(new Checkpoint(ORIGIN, entries.size(), other)).encode());
        var root = MerkleHash.leaf(Bytes.utf8("other"));
        write("rewritten", sign(new Checkpoint(ORIGIN, EARLIER, root)).encode());
        var thief = new NoteSigner(ORIGIN, SigningKey.of(Algorithm.ED25519, hash("thief")));
        var forged = new Checkpoint(ORIGIN, EARLIER, root);
        write("forged", SignedNote.sign(forged.text(), thief).encode());
    }

    private void writeCosigned(SignedNote note) throws IOException {
        var key = SigningKey.of(Algorithm.ED25519, hash("witness"));
        var witness =
                new Cosigner("carnet.test/witness", key, MlDsaSigningKey.of(hash("witness seed")));
        var at = Instant.parse("2025-11-20T12:00:00Z");
        var cosignatures = witness.cosign(Checkpoint.parse(note.text()), note, at);
        write("cosigned", note.with(cosignatures).encode());
        write("witness.vkey", new LogVerifier(witness.verifiers()).encode());
    }

    private SignedNote sign(Checkpoint checkpoint) {
        return signer.sign(checkpoint.size(), checkpoint.root(), Instant.EPOCH);
    }

    private static LogSigner signer(String origin) {
        return new LogSigner(KEY, new Cosigner(origin, KEY, MlDsaSigningKey.of(hash("seed"))));
    }

    private Bytes tile(Tile tile) {
        if (tile.level() == 1) return new Tile(0, 0, 256).root(tile(new Tile(0, 0, 256))).bytes();
        int start = (int) tile.index() * Tile.FULL_WIDTH;
        return join(
                entries.subList(start, start + tile.width()).stream()
                        .map(entry -> MerkleHash.leaf(entry).bytes())
                        .toList());
    }

    private void write(String name, Bytes content) throws IOException {
        var file = log.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content.toArray());
    }

    private static Bytes record(int number) {
        var record =
                new Record(
                        Record.Kind.RECEIVED,
                        Assurance.THING,
                        Instant.parse("2025-11-20T00:00:00Z").plusMillis(number),
                        new Pseudonym(Bytes.hex("000102030405060708090a0b0c0d0e0f")),
                        Pseudonym.NOBODY,
                        MerkleHash.leaf(Bytes.utf8("sealed " + number)));
        return record.encode();
    }

    private static Bytes hash(String text) {
        return MerkleHash.leaf(Bytes.utf8(text)).bytes();
    }

    private static Bytes join(List<Bytes> parts) {
        var all = new StringBuilder();
        parts.forEach(part -> all.append(part.toHex()));
        return Bytes.hex(all.toString());
    }

    private final class Tiles implements TileReader {
        @Override
        public Bytes tile(Tile tile) {
            return TlogScriptTest.this.tile(tile);
        }

        @Override
        public Bytes entries(long index, int width) throws IOException {
            throw new IOException("the proofs need no entries");
        }
    }
}
