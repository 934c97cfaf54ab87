// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.append;

import org.carnet.Bytes;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.SealedRecords.Sealed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

class ScrubberTest {
    private static final int RECORDS = 600;

    @TempDir Path directory;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    /// What a mirror has.
    private final List<Sealed> mirrored = new ArrayList<>();

    private Ledger ledger;

    @BeforeEach
    void aLogAndItsMirror() throws IOException {
        var settings = new LedgerSettings(directory, Duration.ofHours(1), 1 << 15);
        ledger = new Ledger(settings, LOG, keys, InstantSource.fixed(NOON), new SecureRandom());
        append(ledger, 100);
        ledger.coveringCheckpoint();
        append(ledger, 250);
        ledger.coveringCheckpoint();
        append(ledger, RECORDS - 350);
        ledger.coveringCheckpoint();
        try (var cursor = ledger.sealed(0)) {
            for (var next = cursor.next(); next != null; next = cursor.next()) {
                mirrored.add(new Sealed(Bytes.unsafe(next.leaf()), Bytes.unsafe(next.sealed())));
            }
        }
        new Snapshots(directory, keys, new SecureRandom())
                .write(
                        "windows",
                        RECORDS,
                        Stream.of(new Snapshots.Memory("owner-1", Bytes.utf8("sequence 7"))));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private RecordCopy mirror() {
        return new RecordCopy() {
            @Override
            public Bytes checkpoint() {
                return ledger.signedCheckpoint();
            }

            @Override
            public List<Sealed> read(long first, long end) {
                return mirrored.subList((int) first, (int) end);
            }

            @Override
            public String place() {
                return "the mirror";
            }
        };
    }

    private static RecordCopy nobody() {
        return new RecordCopy() {
            @Override
            public Bytes checkpoint() throws IOException {
                throw new IOException("there is no mirror");
            }

            @Override
            public List<Sealed> read(long first, long end) throws IOException {
                throw new IOException("there is no mirror");
            }

            @Override
            public String place() {
                return "nobody";
            }
        };
    }

    private List<Scrubber.Damage> pass(RecordCopy copy) throws Exception {
        return ledger.scrubber(bytes -> {}).pass(copy);
    }

    private List<Path> files(String below) throws IOException {
        try (var files = Files.walk(directory.resolve(below))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("prepared"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] flipped(byte[] good, int at) {
        var bad = good.clone();
        bad[at] ^= 1;
        return bad;
    }

    @Test
    void onASoundDiskNothingIsFound() throws Exception {
        assertThat(pass(nobody())).isEmpty();
    }

    @Test
    void aByteChangedAnywhereInTheRecordsIsRepairedFromTheMirrorToWhatItWas() throws Exception {
        var random = new Random(11);
        for (var file : files("journal")) {
            if (!file.toString().endsWith(".segment")) continue;
            var good = Files.readAllBytes(file);
            int used = used(good);
            for (int i = 0; i < 20; i++) {
                int at = i == 0 ? 0 : i == 1 ? 24 : i == 2 ? 28 : random.nextInt(used);
                Files.write(file, flipped(good, at));
                var damages = pass(mirror());
                assertThat(damages).as("byte %d of %s", at, file).hasSize(1);
                assertThat(damages.getFirst().repaired()).isPresent();
                assertThat(Files.readAllBytes(file)).isEqualTo(good);
            }
        }
        assertThat(pass(nobody())).isEmpty();
    }

    /// How far the frames reach.
    private static int used(byte[] segment) {
        int end = segment.length;
        while (segment[end - 1] == 0) end--;
        return end;
    }

    @Test
    void whatIsDerivedIsMadeAnewWithoutAnybodysHelp() throws Exception {
        var derived = new ArrayList<>(files("tile"));
        files("journal").stream()
                .filter(file -> file.toString().endsWith(".index"))
                .forEach(derived::add);
        assertThat(derived).hasSizeGreaterThan(6);
        for (var file : derived) {
            var good = Files.readAllBytes(file);
            Files.write(file, flipped(good, good.length / 2));
            var damages = pass(nobody());
            assertThat(damages).as(file.toString()).hasSize(1);
            assertThat(damages.getFirst().place()).isEqualTo(directory.relativize(file).toString());
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
    }

    @Test
    void aSnapshotThatRottedIsTakenAway() throws Exception {
        var file = directory.resolve("state/windows");
        Files.write(file, flipped(Files.readAllBytes(file), 40));
        assertThat(pass(nobody())).singleElement().returns("state/windows", Scrubber.Damage::place);
        assertThat(file).doesNotExist();
    }

    @Test
    void withoutAMirrorALostRecordIsNamedAndNothingIsTouched() throws Exception {
        var file = files("journal").get(1);
        var bad = flipped(Files.readAllBytes(file), 200);
        Files.write(file, bad);
        assertThat(pass(nobody()))
                .singleElement()
                .returns(Optional.empty(), Scrubber.Damage::repaired)
                .satisfies(damage -> assertThat(damage.place()).startsWith("record "));
        assertThat(Files.readAllBytes(file)).isEqualTo(bad);
    }

    @Test
    void aMirrorThatLiesIsNotBelieved() throws Exception {
        var file = files("journal").get(1);
        var bad = flipped(Files.readAllBytes(file), 60);
        Files.write(file, bad);
        var other = mirrored.get(5);
        for (int i = 0; i < mirrored.size(); i++) mirrored.set(i, other);
        assertThat(pass(mirror()))
                .singleElement()
                .returns(Optional.empty(), Scrubber.Damage::repaired);
        assertThat(Files.readAllBytes(file)).isEqualTo(bad);
    }

    @Test
    void itRestsAsItReads() throws Exception {
        var read = new ArrayList<Long>();
        ledger.scrubber(read::add).pass(nobody());
        assertThat(read).hasSize(RECORDS);
    }
}
