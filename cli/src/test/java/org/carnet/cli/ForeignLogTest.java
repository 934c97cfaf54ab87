// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.LogTrust;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.carnet.log.Proofs;
import org.carnet.log.TlogProof;
import org.carnet.node.storage.NodeKeys;
import org.carnet.node.storage.PublicLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/// A log that was made with golang.org/x/mod (see the README beside it) is verified as one of Carnet's own.
class ForeignLogTest {
    private static final Path FOREIGN = Path.of("src/test/resources/foreign-log");

    @TempDir Path home;

    private Path log;
    private String vkey;

    @BeforeEach
    void aCopyOfTheLog() throws IOException {
        log = home.resolve("log");
        vkey = Files.readString(FOREIGN.resolve("vkey")).strip();
        try (var files = Files.walk(FOREIGN.resolve("log"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = log.resolve(FOREIGN.resolve("log").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private Run verify(String... more) {
        var arguments = new ArrayList<>(List.of("log", "verify", log.toString()));
        arguments.addAll(List.of("--vkey", vkey));
        arguments.addAll(List.of(more));
        return Run.carnet(arguments.toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(log)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aLogThatCarnetDidNotMakeIsVerified() {
        var run = verify();

        assertThat(run.out())
                .isEqualTo(
                        """
                        LOG: verified
                          log      foreign.example/log
                          entries  600
                          root     m0BWJ8yrgUThBLZpVFztaSWADcYcqPuPoIsPZP90IQk=
                          checked  4 tiles, 3 bundles
                        """
                                .replace("LOG", log.toString()));
        assertThat(run.exit()).isEqualTo(Exit.OK);
    }

    /// The partial files of the two earlier checkpoints included.
    @Test
    void anyChangeOfAnyOfItsFilesIsFound() throws IOException {
        assertThat(files()).hasSize(13);
        var random = new Random(1);
        for (var file : files()) {
            var content = Files.readAllBytes(file);
            var offsets = new TreeSet<>(List.of(0, 1, content.length / 2, content.length - 1));
            for (int i = 0; i < 4; i++) offsets.add(random.nextInt(content.length));
            for (int offset : offsets) {
                var changed = content.clone();
                changed[offset] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                var run = verify();
                assertThat(run.exit()).as("byte %d of %s", offset, file).isEqualTo(1);
                assertThat(run.out()).startsWith(log + ": FAILED\n  ");
            }
            Files.write(file, Arrays.copyOf(content, content.length - 1));
            assertThat(verify().exit()).as("%s cut", file).isEqualTo(Exit.CHECK_FAILED);
            Files.write(file, content);
        }
        assertThat(verify().exit()).isEqualTo(Exit.OK);
    }

    @Test
    void aMissingFileAndOneTooManyAreFound() throws IOException {
        for (var name : List.of("checkpoint", "tile/0/001", "tile/1/000.p/2", "tile/entries/000")) {
            var file = log.resolve(name);
            var content = Files.readAllBytes(file);
            Files.delete(file);
            var run = verify();
            assertThat(run.out()).as(name).contains("FAILED").contains(name);
            assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
            Files.write(file, content);
        }
        Files.writeString(log.resolve("tile/0/003"), "nothing of this log");
        assertThat(verify().out()).contains("tile/0/003: no such file belongs here");
    }

    @Test
    void whatWasPrunedIsToldOfAndAcceptedWhenAsked() throws IOException {
        Files.delete(log.resolve("tile/entries/000"));
        Files.delete(log.resolve("tile/entries/000.p/200"));
        assertThat(verify().exit()).isEqualTo(Exit.CHECK_FAILED);
        assertThat(verify("--pruned").out()).contains("entries  600\n", "pruned   256 of them");
        var kept = Files.readAllBytes(log.resolve("tile/0/000"));
        kept[77] ^= 1;
        Files.write(log.resolve("tile/0/000"), kept);
        assertThat(verify("--pruned").out()).contains("tile/0/000: it is not what the tile above");
        Files.delete(log.resolve("tile/0/000"));
        Files.delete(log.resolve("tile/0/000.p/200"));
        assertThat(verify("--pruned").exit()).isEqualTo(Exit.OK);
        Files.delete(log.resolve("tile/entries/001"));
        Files.delete(log.resolve("tile/entries/001.p/44"));
        assertThat(verify("--pruned").out()).contains("pruned   512 of them");
        Files.delete(log.resolve("tile/1/000.p/2"));
        assertThat(verify("--pruned").exit()).isEqualTo(Exit.CHECK_FAILED);
    }

    @Test
    void aLogIsVerifiedByItsUrlEvenIfItCompressesUnasked() throws IOException {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = HttpServer.create(loopback, 0);
        server.createContext(
                "/some/prefix/",
                exchange -> {
                    try (exchange) {
                        var path = exchange.getRequestURI().getPath().substring(13);
                        var file = log.resolve(path);
                        if (!Files.isRegularFile(file)) {
                            exchange.sendResponseHeaders(404, -1);
                            return;
                        }
                        var zipped = new ByteArrayOutputStream();
                        try (var zip = new GZIPOutputStream(zipped)) {
                            zip.write(Files.readAllBytes(file));
                        }
                        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                        exchange.sendResponseHeaders(200, zipped.size());
                        exchange.getResponseBody().write(zipped.toByteArray());
                    }
                });
        server.start();
        try {
            var url = "http://localhost:" + server.getAddress().getPort() + "/some/prefix/";
            assertThat(Run.carnet("log", "verify", url, "--vkey", vkey).exit()).isEqualTo(0);
            var bundle = Files.readAllBytes(log.resolve("tile/entries/001"));
            bundle[5] ^= 1;
            Files.write(log.resolve("tile/entries/001"), bundle);
            var run = Run.carnet("log", "verify", url, "--vkey", vkey);
            assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theProofsAreThoseOfTheForeignImplementation() throws IOException {
        var file = home.resolve("entry.tlog-proof");
        var made =
                Run.carnet(
                        "log",
                        "prove",
                        log.toString(),
                        "417",
                        "--vkey",
                        vkey,
                        "-o",
                        file.toString());
        assertThat(made.exit()).isEqualTo(Exit.OK);
        var proof = TlogProof.parse(Bytes.unsafe(Files.readAllBytes(file)));
        assertThat(proof.path().stream().map(hash -> hash.toBase64() + "\n").toList())
                .containsExactlyElementsOf(lines("inclusion.417"));
        assertThat(proof.extra())
                .contains(Bytes.utf8("entry 417 of a log that Carnet did not make"));
        var trust = LogTrust.in(LogVerifier.of(NoteVerifier.parse(vkey)));
        var opened = PublicLog.in(log);
        var size = opened.checkpoint(trust).checkpoint().size();
        var consistency = new Proofs(opened.tiles(), size).consistency(300);
        assertThat(consistency.path().stream().map(hash -> hash.toBase64() + "\n").toList())
                .containsExactlyElementsOf(lines("consistency.300"));
    }

    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(FOREIGN.resolve(name)).stream().map(line -> line + "\n").toList();
    }

    @Test
    void aProofIsVerifiedOfflineByKeyOrPolicyAndForItsEntryOnly() throws IOException {
        var proof = home.resolve("entry.tlog-proof").toString();
        Run.carnet("log", "prove", log.toString(), "7", "--vkey", vkey, "-o", proof);
        var policy = home.resolve("policy");
        Files.writeString(policy, "log " + vkey + "\nquorum none\n");
        var empty = Files.createFile(home.resolve("empty")).toString();
        var other = Files.writeString(home.resolve("other"), "another entry").toString();

        assertThat(verifyProof(proof, "--vkey", vkey).out())
                .isEqualTo(
                        """
                        PROOF: verified
                          log      foreign.example/log
                          entry    7 of 600
                          root     m0BWJ8yrgUThBLZpVFztaSWADcYcqPuPoIsPZP90IQk=
                        """
                                .replace("PROOF", proof));
        assertThat(verifyProof(proof, "--policy", policy.toString()).exit()).isEqualTo(Exit.OK);
        assertThat(verifyProof(proof, "--vkey", vkey, "--entry", empty).exit()).isEqualTo(Exit.OK);
        assertThat(verifyProof(proof, "--vkey", vkey, "--entry", other).out())
                .isEqualTo(proof + ": FAILED\n  no such entry stands at 7 of 600\n");
        Files.writeString(policy, "witness w " + cosigner() + "\nquorum w\n");
        var run = verifyProof(proof, "--vkey", vkey, "--policy", policy.toString());
        assertThat(run.out()).contains("0 of 1 witnesses cosigned it");
        assertThat(run.exit()).isEqualTo(Exit.CHECK_FAILED);
    }

    private static Run verifyProof(String... arguments) {
        var all = new ArrayList<>(List.of("log", "verify-proof"));
        all.addAll(List.of(arguments));
        return Run.carnet(all.toArray(String[]::new));
    }

    private static String cosigner() {
        return keys().cosigner("witness.example").verifiers().getLast().vkey();
    }

    private static NodeKeys keys() {
        var secret = Bytes.utf8("0123456789abcdef0123456789abcdef");
        var key = SigningKey.of(Algorithm.ED25519, secret);
        return new NodeKeys(key, key, secret, secret);
    }

    /// `foreign open carnet.vkey carnet.checkpoint` printed `carnet.opened`: x/mod verified what stands here.
    @Test
    void aCheckpointOfCarnetIsTheOneThatTheForeignImplementationOpened() throws IOException {
        var signer = keys().signer("carnet.example/log");
        var root =
                PublicLog.in(log).checkpoint(LogTrust.in(LogVerifier.of(NoteVerifier.parse(vkey))));
        var note =
                signer.sign(600, root.checkpoint().root(), Instant.parse("2026-11-20T12:00:00Z"));
        assertThat(Files.readString(FOREIGN.resolve("carnet.vkey")))
                .isEqualTo(signer.verifier().encode().toUtf8());
        assertThat(Files.readString(FOREIGN.resolve("carnet.checkpoint")))
                .isEqualTo(note.encode().toUtf8());
        assertThat(Files.readString(FOREIGN.resolve("carnet.opened")))
                .startsWith(note.text())
                .contains("signed by carnet.example/log, and 1 signatures");
    }

    @Test
    void whatIsAskedForWronglyIsOneSentence() {
        var run = Run.carnet("log", "verify", log.toString());
        assertThat(run.err())
                .isEqualTo(
                        "carnet: nobody's log is believed by its own word: give --vkey or"
                                + " --policy\n");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(Run.carnet("log", "verify", "nowhere", "--vkey", vkey).exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Run.carnet("log", "verify", "http://127.0.0.1:1", "--vkey", vkey).exit())
                .isEqualTo(Exit.UNAVAILABLE);
        var beyond = Run.carnet("log", "prove", log.toString(), "600", "--vkey", vkey);
        assertThat(beyond.err()).isEqualTo("carnet: a tree of 600 leaves has no leaf 600\n");
        assertThat(beyond.exit()).isEqualTo(Exit.USAGE);
    }
}
