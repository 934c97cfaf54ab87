// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Cosigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.backup.SmallLog;
import org.carnet.node.storage.LogCopy;
import org.carnet.node.storage.NodeKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

class MirrorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(SmallLog.NOON);
    private static final long MUCH = 1L << 40;

    @TempDir Path home;
    private SmallLog log;
    private LogVerifier key;
    private Cosigner cosigner;
    private MirroredLog mirror;

    /// How many requests reach the mirror still.
    private int requestsLeft = Integer.MAX_VALUE;

    /// Changes each request on its way.
    private Change change = (path, body) -> body;

    private interface Change {
        Bytes of(String path, Bytes body);
    }

    @BeforeEach
    void aLogAndItsMirror() throws IOException {
        log = new SmallLog(home.resolve("node"));
        key =
                NodeKeys.open(home.resolve("node"), new SecureRandom())
                        .signer(SmallLog.ORIGIN)
                        .verifier();
        cosigner = NodeKeys.open(home.resolve("host"), new SecureRandom()).cosigner("host/mirror");
        mirror = started(MUCH);
        log.append(300, 20);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private MirroredLog started(long quota) throws IOException {
        return new MirroredLog(new LogCopy(home.resolve("mirror")), key, cosigner, CLOCK, quota);
    }

    private MirrorPush push() {
        return new MirrorPush(this::post, "mirror", log.agent, details -> true);
    }

    /// What the controller makes of a request, without HTTP around it.
    private MirrorLink.Reply post(String path, Bytes request) throws IOException {
        if (requestsLeft-- <= 0) throw new IOException("the mirror does not answer");
        var body = change.of(path, request);
        var answer =
                switch (path) {
                    case "add-checkpoint" -> mirror.add(AddCheckpoint.parse(body));
                    case "add-entries" ->
                            mirror.add(AddEntries.read(new ByteArrayInputStream(body.toArray())));
                    case "add-details" -> mirror.add(AddDetails.parse(body));
                    default -> throw new AssertionError(path);
                };
        return switch (answer) {
            case MirroredLog.Answer.Done(List<SignedNote.Signature> signatures) ->
                    reply(
                            200,
                            signatures.stream()
                                    .map(one -> one.line() + "\n")
                                    .collect(Collectors.joining()));
            case MirroredLog.Answer.Details(boolean taken, long next) ->
                    reply(taken ? 200 : 409, next + "\n");
            case MirroredLog.Answer.Stands(boolean accepted, long pending, long next) ->
                    reply(accepted ? 202 : 409, pending + "\n" + next + "\n\n");
            case MirroredLog.Answer.OtherSize(long size) -> reply(409, size + "\n");
            case MirroredLog.Answer.Malformed(String why) -> reply(400, why);
            case MirroredLog.Answer.NotTrusted(String why) -> reply(403, why);
            case MirroredLog.Answer.Inconsistent(String why) -> reply(422, why);
            case MirroredLog.Answer.Full _ -> reply(507, "full");
        };
    }

    private static MirrorLink.Reply reply(int status, String text) {
        return new MirrorLink.Reply(status, Bytes.utf8(text));
    }

    private void assertMirrored(long records) throws IOException {
        var copy = new LogCopy(home.resolve("mirror"));
        var note = SignedNote.parse(copy.read("checkpoint").orElseThrow());
        var verified = (VerifiedCheckpoint) Checkpoint.verify(note, key);
        assertThat(verified.checkpoint().size()).isEqualTo(records);
        assertThat(cosigner.verifiers()).allMatch(note::isSignedBy);
        assertThat(new Proofs(copy, records).root()).isEqualTo(verified.checkpoint().root());
        var details = new ArrayList<Bytes>();
        for (long bundle = 0; bundle * 256 < records; bundle++) {
            var file = copy.read(AddDetails.Slots.path(bundle)).orElseThrow();
            details.addAll(AddDetails.Slots.parse(file).details());
        }
        assertThat(details).hasSize((int) records);
        try (var reader = log.agent.from(0)) {
            for (long i = 0; i < records; i++) {
                var sealed = reader.next().orElseThrow();
                assertThat(copy.firstEntries(i / 256, (int) (i % 256) + 1).getLast())
                        .isEqualTo(sealed.leaf());
                assertThat(details.get((int) i)).isEqualTo(sealed.details());
            }
        }
    }

    private boolean isCosigned() {
        return Files.exists(home.resolve("mirror/checkpoint"));
    }

    @Test
    void whatIsCosignedIsThereWithEveryDetail() throws IOException {
        var push = push();
        for (int more : List.of(0, 1, 211, 1, 300, 9000)) {
            log.append(more + 1, 20);
            var cosigned = push.push().orElseThrow();
            assertThat(cosigner.verifiers()).allMatch(cosigned::isSignedBy);
            assertMirrored(log.ledger.size());
        }
        assertThat(push.push()).isEmpty();
    }

    @Test
    void aMirrorThatWasStoppedGoesOnWhereItWas() throws IOException {
        for (int i = 0; i < 6; i++) {
            log.append(100, 20);
            push().push();
            mirror = started(MUCH);
        }
        assertMirrored(900);
    }

    @Test
    void interruptedAfterAnyRequestTheNextPushGoesOnAndNothingIsCosignedEarly() throws IOException {
        log.append(600, 20);
        int attempts = 0;
        while (true) {
            requestsLeft = attempts++;
            try {
                push().push();
                break;
            } catch (IOException interrupted) {
                assertThat(isCosigned()).isFalse();
                if (attempts % 2 == 0) mirror = started(MUCH);
            }
        }
        assertThat(attempts).isGreaterThan(3);
        assertMirrored(900);
    }

    @Test
    void changedEntriesAndDetailsAreNotKept() throws IOException {
        for (var path : List.of("add-entries", "add-details")) {
            change =
                    (on, body) -> {
                        if (!on.equals(path) || body.length() < 500) return body;
                        var bad = body.toArray();
                        bad[bad.length / 2] ^= 1;
                        return Bytes.unsafe(bad);
                    };
            assertThatThrownBy(() -> push().push()).hasMessageContaining("422");
            assertThat(isCosigned()).isFalse();
        }
        change = (on, body) -> body;
        push().push();
        assertMirrored(300);
    }

    @Test
    void anotherHistoryOfTheSameLogIsRefused() throws IOException {
        push().push();
        var real = log;
        try (var forked = new SmallLog(copyOfKeys("fork"))) {
            forked.append(400, 30);
            log = forked;
            assertThatThrownBy(() -> push().push()).hasMessageContaining("422");
        } finally {
            log = real;
        }
        assertMirrored(300);
    }

    @Test
    void aLogWithLessThanItsMirrorIsToldSo() throws IOException {
        push().push();
        var real = log;
        try (var earlier = new SmallLog(copyOfKeys("earlier"))) {
            earlier.append(40, 30);
            log = earlier;
            assertThatThrownBy(() -> push().push()).hasMessageContaining("which has 40 itself");
        } finally {
            log = real;
        }
    }

    private Path copyOfKeys(String name) throws IOException {
        var directory = home.resolve(name);
        Files.createDirectories(directory.resolve("keys"));
        Files.copy(home.resolve("node/keys/node.key"), directory.resolve("keys/node.key"));
        return directory;
    }

    @Test
    void aCheckpointThatTheLogDidNotSignIsNotTaken() throws IOException {
        try (var other = new SmallLog(home.resolve("other"))) {
            other.append(10, 10);
            var note = SignedNote.parse(other.agent.checkpoint());
            assertThat(mirror.add(new AddCheckpoint(0, List.of(), note)))
                    .isInstanceOf(MirroredLog.Answer.NotTrusted.class);
        }
    }

    @Test
    void beyondItsQuotaNothingIsKept() throws IOException {
        mirror = started(40_000);
        assertThatThrownBy(() -> push().push()).hasMessageContaining("507");
        assertThat(isCosigned()).isFalse();
        mirror = started(MUCH);
        push().push();
        assertMirrored(300);
    }

    @Test
    void detailsThatAreNotForTheMirrorAreNotThereAndAllElseIs() throws IOException {
        new MirrorPush(this::post, "mirror", log.agent, details -> false).push();
        var copy = new LogCopy(home.resolve("mirror"));
        var details = AddDetails.Slots.parse(copy.read(AddDetails.Slots.path(0)).orElseThrow());
        assertThat(details.details()).hasSize(256).allMatch(one -> one.length() == 0);
        assertThat(isCosigned()).isTrue();
    }

    @Test
    void halfARequestIsKeptAsFarAsItGoesAndNoFurther() throws IOException {
        log.append(600, 20);
        change =
                (path, body) ->
                        path.equals("add-entries") && body.length() > 30_000
                                ? body.slice(0, 30_000)
                                : body;
        push().push();
        assertMirrored(900);
    }
}
