// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.Bytes;
import org.carnet.log.Assurance;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/// What docs/wire/journal.md shows is what is written.
class JournalPageTest {
    private static final Path PAGE = Path.of("../docs/wire/journal.md");

    @Test
    void thePageShowsTheBytesOfASegment() throws IOException {
        var page = Files.readString(PAGE);
        var segment =
                ByteBuffer.allocate(Segment.HEADER + Frame.size(record())).put(Segment.header(0));
        Frame.put(segment, Frame.COMMIT, record());
        assertThat(page).contains("```text\n" + Bytes.unsafe(segment.array()).toHex() + "\n```");
        assertThat(page).contains(Bytes.unsafe(record().sealed()).slice(20, 41).toHex());
    }

    /// The record of docs/wire/record.md, with details that say `hello`.
    private static SealedRecord record() {
        var header =
                Record.header(
                        Record.Kind.RECEIVED,
                        Assurance.THING,
                        Instant.parse("2025-11-20T00:00:00Z"),
                        new Pseudonym(rising(0x00, 16)),
                        new Pseudonym(rising(0x10, 16)));
        var key = new SubjectKey(1, rising(0x40, SubjectKey.SECRET_LENGTH).toArray());
        var sealed = new Seal(new Rising()).seal(key, header, Bytes.utf8("hello").toArray());
        var leaf =
                ByteBuffer.allocate(Record.LENGTH).put(header).put(Crypto.sha256().digest(sealed));
        return new SealedRecord(leaf.array(), sealed);
    }

    private static Bytes rising(int from, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) (from + i);
        return Bytes.unsafe(bytes);
    }

    /// Gives a0, a1, a2 … as the random part of a nonce.
    private static final class Rising extends SecureRandom {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(rising(0xa0, bytes.length).toArray(), 0, bytes, 0, bytes.length);
        }
    }
}
