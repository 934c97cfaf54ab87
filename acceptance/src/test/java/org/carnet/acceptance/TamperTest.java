// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Carnet;
import org.carnet.client.Ack;
import org.carnet.envelope.Form;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/// One byte is changed in each file of the log that a node left behind, and `carnet verify` says where.
final class TamperTest {
    private static final List<String> EVIDENCE =
            List.of("journal", "tile", "state", "checkpoint", "log.vkey");

    /// More than a segment of the journal holds, and tiles of two levels, full and partial.
    private static final int UPDATES = 1600;

    @TempDir static Path home;
    private static Path copy;

    /// What the command line answered.
    private record Run(int exit, String said) {}

    @BeforeAll
    static void aNodeRan() throws Exception {
        try (var agora = Metaverse.start(home, Map.of("storage.segment-bytes", "1048576"))) {
            try (var stream = agora.operator.stream(64)) {
                var forms = Form.values();
                var answers = new ArrayList<CompletableFuture<Ack>>();
                for (int i = 0; i < UPDATES; i++) {
                    var form = forms[i % forms.length];
                    answers.add(stream.send(agora.pack(form, i, -i, "WALKING")));
                }
                for (var answer : answers) {
                    assertThat(answer.get()).isInstanceOf(Ack.Durable.class);
                }
            }
        }
        copy = home.resolve("copy");
        for (var name : EVIDENCE) copy(home.resolve("agora").resolve(name), copy.resolve(name));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static Run verify() {
        var said = new StringWriter();
        var exit =
                new CommandLine(new Carnet())
                        .setOut(new PrintWriter(said, true))
                        .setErr(new PrintWriter(said, true))
                        .execute("verify", copy.toString());
        return new Run(exit, said.toString());
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(copy)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void oneChangedByteInAnyFileIsFoundAndItsPlaceIsNamedAndNothingElseIs() throws IOException {
        assertThat(files().stream().map(file -> copy.relativize(file).toString()))
                .contains("checkpoint", "log.vkey", "tile/0/000", "tile/1/000.p/12")
                .anyMatch(name -> name.matches("journal/.+\\.index"))
                .anyMatch(name -> name.matches("tile/entries/.+\\.p/.+"))
                .contains("state/things", "state/avatars");
        assertThat(verify().said()).contains(": verified");
        assertThat(verify().exit()).isZero();
        var random = new Random(20);
        for (var file : files()) {
            var name = copy.relativize(file).toString();
            var content = Files.readAllBytes(file);
            for (int offset : offsets(content.length, random)) {
                var changed = content.clone();
                changed[offset] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, changed);
                var run = verify();
                assertThat(run.exit()).as("byte %d of %s", offset, name).isEqualTo(1);
                assertThat(run.said()).contains("FAILED").contains(name);
            }
            Files.write(file, content);
        }
        assertThat(verify().exit()).isZero();
    }

    private static TreeSet<Integer> offsets(int length, Random random) {
        return new TreeSet<>(List.of(0, length / 2, length - 1, random.nextInt(length)));
    }

    @Test
    void ofAChangedRecordTheNumberIsNamed() throws IOException {
        var segment = copy.resolve("journal/0000000000000000.segment");
        var content = Files.readAllBytes(segment);
        int firstLeaf = 24 + 8;
        var changed = content.clone();
        changed[firstLeaf + 20] ^= 1;
        Files.write(segment, changed);
        assertThat(verify().said()).contains("record 0 in journal/0000000000000000.segment");
        Files.write(segment, content);
    }
}
