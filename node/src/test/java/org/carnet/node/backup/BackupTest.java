// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.node.storage.LogVerdict;
import org.carnet.node.storage.LogVerification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

class BackupTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Restore.Request ALL =
            new Restore.Request(OptionalLong.empty(), Optional.empty(), List.of(), true);

    private static final InstantSource CLOCK = InstantSource.fixed(SmallLog.NOON);

    @TempDir Path home;
    private final MemoryStorage storage = new MemoryStorage();
    private SmallLog log;
    private BackupKey key;

    @BeforeEach
    void aLog() throws IOException {
        log = new SmallLog(home.resolve("node"));
        key = BackupKey.create(home.resolve("backup.key"), RANDOM);
        log.append(300, 10);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private Manifest run() throws IOException {
        return log.writer.run(storage, key, Optional.empty());
    }

    private Backup opened() throws IOException {
        return Backup.open(storage, key).orElseThrow();
    }

    private Restore.Restored restored(String name, Restore.Request request) throws IOException {
        var restore = new Restore(opened(), home.resolve(name), SmallLog.SEGMENT, CLOCK);
        var restored = restore.records(request, null);
        restore.finish(restored);
        return restored;
    }

    private LogVerdict verdict(String name) throws IOException {
        return new LogVerification(Optional.empty(), Optional.empty(), Optional.of(log.keys))
                .directory(home.resolve(name));
    }

    private Drill.Result drill() throws IOException {
        try {
            return new Drill(home.resolve("drill"), SmallLog.SEGMENT, CLOCK)
                    .run(opened(), Optional.empty(), List.of(log.agent.checkpoint()));
        } catch (BackupDamaged damaged) {
            return new Drill.Result.Failed(damaged.place(), damaged.getMessage());
        }
    }

    @Test
    void aBackupMadeWhileOthersWriteHoldsExactlyWhatItsCheckpointCovers() throws Exception {
        var stop = new AtomicBoolean();
        var writing =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    while (!stop.get()) log.append(20, 500);
                                });
        for (int i = 0; i < 5; i++) run();
        stop.set(true);
        writing.join();
        var restored = restored("copy", ALL);
        assertThat(restored.records()).isEqualTo(opened().manifest().records()).isGreaterThan(300);
        var verified = (LogVerdict.Verified) verdict("copy");
        assertThat(verified.counts().opened()).isEqualTo(restored.records());
        assertThat(verified.checkpoint().checkpoint().root())
                .isEqualTo(opened().manifest().log().root());
    }

    @Test
    void aLaterBackupReadsNoFullPartAgainAndLeavesNothingBehind() throws IOException {
        log.append(100, 60_000);
        run();
        var before = new TreeMap<>(storage.objects);
        log.append(100, 60_000);
        run();
        var names = opened().manifest().parts().stream().map(Manifest.Part::name).toList();
        assertThat(names).hasSizeGreaterThan(4);
        assertThat(names.subList(0, 2))
                .allSatisfy(
                        name -> assertThat(storage.objects.get(name)).isEqualTo(before.get(name)));
        assertThat(storage.objects).hasSize(names.size() + 2);
        assertThat(restored("copy", ALL).records()).isEqualTo(500);
        assertThat(verdict("copy")).isInstanceOf(LogVerdict.Verified.class);
    }

    @Test
    void theLogOfARestoredNodeGoesOn() throws IOException {
        run();
        restored("copy", ALL);
        RestoreMark.requireNone(home.resolve("copy"));
        try (var again = new SmallLog(home.resolve("copy"), log.keys)) {
            again.append(10, 10);
        }
        var since = Optional.of(log.agent.checkpoint());
        assertThat(
                        new LogVerification(Optional.empty(), since, Optional.empty())
                                .directory(home.resolve("copy")))
                .isInstanceOf(LogVerdict.Verified.class);
    }

    @Test
    void eachChangedByteOfEachObjectIsFoundByTheDrillAndRefusedByTheRestore() throws IOException {
        run();
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
        var random = new Random(7);
        for (var object : new TreeMap<>(storage.objects).entrySet()) {
            var good = object.getValue();
            for (int at : List.of(0, 20, 30, 50, 80, good.length() - 1, random.nextInt(80))) {
                var bad = good.toArray();
                bad[at] ^= (byte) (1 << random.nextInt(8));
                storage.objects.put(object.getKey(), Bytes.unsafe(bad));
                assertThat(drill())
                        .as("byte %d of %s", at, object.getKey())
                        .isInstanceOf(Drill.Result.Failed.class)
                        .asString()
                        .contains(object.getKey());
            }
            storage.objects.remove(object.getKey());
            if (!object.getKey().equals(Manifest.NAME)) {
                assertThat(drill()).isInstanceOf(Drill.Result.Failed.class);
            }
            storage.objects.put(object.getKey(), good);
        }
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
    }

    @Test
    void anotherKeyOpensNothingAndWritesNothing() throws IOException {
        run();
        var before = new TreeMap<>(storage.objects);
        var other = BackupKey.create(home.resolve("other.key"), RANDOM);
        assertThatThrownBy(() -> Backup.open(storage, other))
                .hasMessageContaining("another backup key");
        assertThatThrownBy(() -> log.writer.run(storage, other, Optional.empty()))
                .isInstanceOf(BackupDamaged.class);
        assertThat(storage.objects).isEqualTo(before);
    }

    @Test
    void anOldBackupThatSomebodyPutBackIsNoticedByTheNodeThatWroteTheNewOne() throws IOException {
        run();
        var old = new TreeMap<>(storage.objects);
        log.append(5, 10);
        var last = LastBackup.of(run());
        storage.objects.clear();
        storage.objects.putAll(old);
        assertThatThrownBy(() -> log.writer.run(storage, key, Optional.of(last)))
                .hasMessageContaining("generation 1")
                .hasMessageContaining("generation 2");
        assertThat(
                        new Drill(home.resolve("drill"), SmallLog.SEGMENT, CLOCK)
                                .run(opened(), Optional.of(last), List.of()))
                .isInstanceOf(Drill.Result.Failed.class);
    }

    @Test
    void aPartOfAnotherBackupUnderTheSameKeyIsNotTaken() throws IOException {
        run();
        var mine = new TreeMap<>(storage.objects);
        storage.objects.clear();
        run();
        for (var object : mine.entrySet()) {
            if (object.getKey().equals(Manifest.NAME)) continue;
            var own = storage.objects.put(object.getKey(), object.getValue());
            assertThat(drill()).as(object.getKey()).isInstanceOf(Drill.Result.Failed.class);
            if (own != null) storage.objects.put(object.getKey(), own);
        }
    }

    @Test
    void theBackupOfAnotherLogIsNeverOverwritten() throws IOException {
        run();
        try (var other = new SmallLog(home.resolve("other"))) {
            other.append(400, 10);
            assertThatThrownBy(() -> other.writer.run(storage, key, Optional.empty()))
                    .hasMessageContaining("not of the log of this node");
        }
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
    }

    @Test
    void interruptedAnywhereABackupIsTheOldOneOrTheNewAndTheNextRunGoesOn() throws IOException {
        run();
        for (int operations = 0; ; operations++) {
            log.append(3, 10);
            storage.operationsLeft = operations;
            boolean isDone;
            try {
                run();
                isDone = true;
            } catch (IOException interrupted) {
                isDone = false;
            }
            storage.operationsLeft = Integer.MAX_VALUE;
            assertThat(drill())
                    .as("%d operations", operations)
                    .isInstanceOf(Drill.Result.Passed.class);
            if (isDone) break;
        }
        run();
        assertThat(storage.objects).hasSize(3);
        assertThat(opened().manifest().records()).isEqualTo(log.ledger.size());
    }

    @Test
    void interruptedAnywhereARestoreGoesOnWhenItIsGivenAgain() throws IOException {
        log.append(150, 60_000);
        run();
        int attempts = 0;
        while (true) {
            storage.operationsLeft = 1 + attempts++;
            try {
                var restored = restored("copy", ALL);
                assertThat(restored.records()).isEqualTo(450);
                break;
            } catch (IOException interrupted) {
                if (Files.exists(home.resolve("copy"))) {
                    assertThatThrownBy(() -> RestoreMark.requireNone(home.resolve("copy")))
                            .hasMessageContaining("not whole");
                }
            }
        }
        assertThat(attempts).isGreaterThan(4);
        storage.operationsLeft = Integer.MAX_VALUE;
        assertThat(verdict("copy")).isInstanceOf(LogVerdict.Verified.class);
    }

    @Test
    void aPointCanBeLookedAtAndNoNodeGoesOnFromIt() throws IOException {
        run();
        var toRecord = new Restore.Request(OptionalLong.of(120), Optional.empty(), List.of(), true);
        var toTime =
                new Restore.Request(
                        OptionalLong.empty(),
                        Optional.of(SmallLog.NOON.plusSeconds(60)),
                        List.of(),
                        true);
        assertThat(restored("record", toRecord).records()).isEqualTo(120);
        assertThat(restored("time", toTime).records()).isEqualTo(61);
        for (var name : List.of("record", "time")) {
            assertThat(verdict(name)).isInstanceOf(LogVerdict.Verified.class);
            assertThatThrownBy(() -> RestoreMark.requireNone(home.resolve(name)))
                    .hasMessageContaining("to look at")
                    .hasMessageContaining("has signed 300 records");
        }
    }

    @Test
    void withoutWordOfWhatWasPublishedNoNodeGoesOn() throws IOException {
        run();
        var unasked = new Restore.Request(OptionalLong.empty(), Optional.empty(), List.of(), false);
        restored("copy", unasked);
        assertThatThrownBy(() -> RestoreMark.requireNone(home.resolve("copy")))
                .hasMessageContaining("nobody was asked");
    }

    @Test
    void whatAPublishedCheckpointCoversAndTheBackupLacksIsNamed() throws IOException {
        run();
        log.append(40, 10);
        var seen =
                new Restore.Request(
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of(log.agent.checkpoint()),
                        true);
        var restored = restored("copy", seen);
        assertThat(restored.missing()).isEqualTo(40);
        assertThat(restored.inspectOnly())
                .hasValueSatisfying(why -> assertThat(why).contains("300 to 339"));
    }

    @Test
    void aForeignCheckpointIsNoWordOfTheLog() throws IOException {
        run();
        try (var other = new SmallLog(home.resolve("other"))) {
            other.append(10, 10);
            var foreign =
                    new Restore.Request(
                            OptionalLong.empty(),
                            Optional.empty(),
                            List.of(other.agent.checkpoint()),
                            true);
            assertThatThrownBy(() -> restored("copy", foreign)).isInstanceOf(BackupDamaged.class);
        }
    }

    @Test
    void aBackupThatBeginsAfterRecordsWereRemovedRestoresWhatIsLeftAndProvesTheRest()
            throws IOException {
        log.append(700, 2000);
        var early = log.agent.checkpoint();
        log.append(700, 2000);
        long first = log.prune();
        assertThat(first).isGreaterThan(512).isLessThan(1700);
        assertThat(first % 256).isPositive();
        log.append(20, 10);
        run();
        log.append(20, 10);
        run();
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
        var seen =
                new Restore.Request(OptionalLong.empty(), Optional.empty(), List.of(early), true);
        assertThat(restored("copy", seen).inspectOnly()).isEmpty();
        try (var again = new SmallLog(home.resolve("copy"), log.keys)) {
            assertThat(again.ledger.first()).isEqualTo(first);
            again.append(600, 10);
        }
        var since = new LogVerification(Optional.empty(), Optional.of(early), Optional.empty());
        var verified = (LogVerdict.Verified) since.directory(home.resolve("copy"));
        assertThat(verified.counts().pruned()).isEqualTo(first);
        assertThatThrownBy(
                        () ->
                                restored(
                                        "then",
                                        new Restore.Request(
                                                OptionalLong.of(first - 1),
                                                Optional.empty(),
                                                List.of(),
                                                true)))
                .hasMessageContaining("had removed the records before " + first);
    }

    @Test
    void aBackupThatFellBehindWhatWasRemovedBeginsAnewWithWhatIsLeft() throws IOException {
        run();
        log.append(1400, 2000);
        long first = log.prune();
        run();
        assertThat(opened().manifest().pruned()).isEqualTo(first);
        assertThat(storage.objects.keySet())
                .noneMatch(name -> name.startsWith("records-0000000000000000"));
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
    }

    @Test
    void aBackupThatHasWhatIsRemovedLaterKeepsIt() throws IOException {
        log.append(1400, 2000);
        run();
        log.prune();
        log.append(10, 10);
        run();
        assertThat(opened().manifest().pruned()).isZero();
        assertThat(restored("copy", ALL).records()).isEqualTo(1711);
        assertThat(verdict("copy")).isInstanceOf(LogVerdict.Verified.class);
    }

    @Test
    void newKeysReplaceTheOldOnesAndNothingOfThemStays() throws IOException {
        run();
        var before =
                storage.objects.keySet().stream().filter(name -> name.startsWith("state")).toList();
        assertThat(log.writer.refresh(storage, key, Optional.empty())).isPresent();
        assertThat(storage.objects).doesNotContainKeys(before.toArray(String[]::new)).hasSize(3);
        assertThat(drill()).isInstanceOf(Drill.Result.Passed.class);
    }

    @Test
    void namesTellRecordNumbersAndNothingElse() throws IOException {
        run();
        var names = new ArrayList<>(storage.objects.keySet());
        assertThat(names)
                .containsExactly(
                        "manifest",
                        "records-0000000000000000-000000000000012c",
                        "state-0000000000000001-0");
    }

    @Test
    void aDirectoryIsNotRestoredOver() throws IOException {
        run();
        Files.createDirectories(home.resolve("copy"));
        Files.writeString(home.resolve("copy/something"), "else");
        assertThatThrownBy(() -> restored("copy", ALL)).hasMessageContaining("not empty");
    }

    @Test
    void theTimeOfTheManifestIsTheClocks() throws IOException {
        assertThat(run().time()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
    }
}
