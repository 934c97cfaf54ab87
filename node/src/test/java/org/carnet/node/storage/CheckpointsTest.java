// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.carnet.node.storage.Samples.LOG;
import static org.carnet.node.storage.Samples.NOON;
import static org.carnet.node.storage.Samples.append;

import org.carnet.Bytes;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

class CheckpointsTest {
    @TempDir Path directory;

    private final SubjectKeys keys = new MemorySubjectKeys(new SecureRandom());

    private Ledger open() throws IOException {
        return new Ledger(
                LedgerSettings.in(directory),
                LOG,
                keys,
                InstantSource.fixed(NOON),
                new SecureRandom());
    }

    /// As a node of an earlier version left it, which signed with Ed25519 alone.
    @Test
    void aLogThatWasSignedWithOneKeyGoesOnWithTwo() throws IOException {
        try (var ledger = open()) {
            append(ledger, 10);
        }
        var both = Bytes.copyOf(Files.readAllBytes(directory.resolve("checkpoint")));
        var note = SignedNote.parse(both);
        var ed25519 = LogVerifier.of(LOG.verifier().keys().getFirst());
        var half = new SignedNote(note.text(), note.signatures().subList(0, 1));
        Files.write(directory.resolve("log.vkey"), ed25519.encode().toArray());
        Files.write(directory.resolve("checkpoint"), half.encode().toArray());
        open().close();
        assertThat(Bytes.copyOf(Files.readAllBytes(directory.resolve("log.vkey"))))
                .isEqualTo(LOG.verifier().encode());
        assertThat(Bytes.copyOf(Files.readAllBytes(directory.resolve("checkpoint"))))
                .isEqualTo(both);
    }

    @Test
    void aLogThatWasSignedWithOneKeyIsNotGoneOnWithByAnother() throws IOException {
        try (var ledger = open()) {
            append(ledger, 10);
        }
        var ed25519 = LogVerifier.of(LOG.verifier().keys().getFirst());
        Files.write(directory.resolve("log.vkey"), ed25519.encode().toArray());
        Files.writeString(directory.resolve("checkpoint"), "nonsense\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamaged.class)
                .hasMessageContaining("checkpoint");
        assertThat(Bytes.copyOf(Files.readAllBytes(directory.resolve("log.vkey"))))
                .isEqualTo(ed25519.encode());
    }
}
