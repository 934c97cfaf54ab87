// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.node.storage.Snapshots.Memory;
import org.carnet.node.storage.Snapshots.Nothing;
import org.carnet.node.storage.Snapshots.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class SnapshotsTest {
    @TempDir Path data;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    private Snapshots snapshots() {
        return new Snapshots(data, keys, new SecureRandom());
    }

    @Test
    void whatIsRememberedIsReadAgainInItsOrder() throws IOException {
        var memories =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> new Memory("owner-" + i % 7, Bytes.utf8("thing " + i)));
        snapshots().write("windows", 42, memories);
        var found = (Snapshot) snapshots().read("windows");
        assertThat(found.records()).isEqualTo(42);
        assertThat(found.contents())
                .isEqualTo(
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> Bytes.utf8("thing " + i))
                                .toList());
    }

    @Test
    void theNewestReplacesTheOneBefore() throws IOException {
        snapshots().write("windows", 1, Stream.of(new Memory("owner", Bytes.utf8("old"))));
        snapshots()
                .write(
                        "windows",
                        2,
                        Stream.of(new Memory("owner", Bytes.utf8("x".repeat(1 << 20)))));
        snapshots().write("windows", 3, Stream.of(new Memory("owner", Bytes.utf8("new"))));
        assertThat(snapshots().read("windows"))
                .isEqualTo(new Snapshot(3, List.of(Bytes.utf8("new"))));
        assertThat(data.resolve("state"))
                .isDirectoryContaining("glob:**/windows")
                .isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void thereIsNothingBeforeTheFirst() throws IOException {
        assertThat(snapshots().read("windows"))
                .isEqualTo(new Nothing("there is no snapshot windows"));
    }

    @Test
    void aDamagedSnapshotIsIgnoredAndSaysWhy() throws IOException {
        snapshots().write("windows", 1, Stream.of(new Memory("owner", Bytes.utf8("content"))));
        var file = data.resolve("state/windows");
        var content = Files.readAllBytes(file);
        for (int offset = 0; offset < content.length; offset++) {
            var changed = content.clone();
            changed[offset] ^= 1;
            Files.write(file, changed);
            assertThat(snapshots().read("windows"))
                    .isEqualTo(
                            new Nothing("the snapshot windows is damaged: its checksum is wrong"));
        }
        Files.write(file, new byte[3]);
        assertThat(snapshots().read("windows"))
                .isEqualTo(new Nothing("the snapshot windows is damaged: it is too short"));
    }

    @Test
    void aSnapshotUnderAnotherNameDoesNotOpen() throws IOException {
        snapshots().write("windows", 1, Stream.of(new Memory("owner", Bytes.utf8("content"))));
        Files.copy(data.resolve("state/windows"), data.resolve("state/avatars"));
        assertThat(snapshots().read("avatars"))
                .isEqualTo(new Nothing("the snapshot avatars is damaged: an entry does not open"));
    }

    @Test
    void whatItTellsOfASubjectIsForgottenWithItsKey() throws IOException {
        snapshots().write("windows", 1, Stream.of(new Memory("owner", Bytes.utf8("content"))));
        var others =
                new Snapshots(data, new MemorySubjectKeys(new SecureRandom()), new SecureRandom());
        assertThat(others.read("windows")).isEqualTo(new Snapshot(1, List.of()));
    }

    @Test
    void aNameThatIsNoFilesNameIsAProgrammersError() {
        assertThatThrownBy(() -> snapshots().read("../checkpoint"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
