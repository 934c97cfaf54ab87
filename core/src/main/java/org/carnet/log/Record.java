// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.time.Instant;

/// One leaf of a node's log: what kind of act, when, by whom, about what, and the hash of the sealed details.
///
/// It carries no plaintext and no personal data (invariant: the log tells nothing).
///
/// ```text
/// version 0x01 | kind u8 | assurance u8 | time u64 ms | actor 16 | about 16 | SHA-256 of the sealed details 32
/// ```
public record Record(
        Kind kind,
        Assurance assurance,
        Instant time,
        Pseudonym actor,
        Pseudonym about,
        Hash sealed) {
    public static final int LENGTH = 75;

    /// What stands before the hash; the seal of the details is bound to it.
    public static final int HEADER_LENGTH = LENGTH - Hash.LENGTH;

    private static final byte VERSION = 1;

    /// What was done; the codes stand in the leaf and are never reused.
    public enum Kind {
        REGISTERED(1),
        MAPPED(2),
        RECEIVED(3),
        APPLIED(4),
        DELIVERED(5),
        READ(6),
        PAUSED(7),
        RESUMED(8),
        ENDED(9),
        REFUSED(10),
        STARTED(11),
        DEREGISTERED(12),
        ERASED(13),
        PRUNED(14),
        DISTRUSTED(15),
        BACKED_UP(16),
        DRILLED(17),
        RESTORED(18),
        ANCHORED(19),
        REPORTED(20),
        REPAIRED(21),
        DECIDED(22),
        ENROLLED(23),
        SIGNED_IN(24),
        CLAIMED(25),
        ROTATED(26),
        REVOKED(27),
        TRANSFERRED(28),
        ISSUED(29),
        VERIFIED(30),
        SIGNALLED(31),
        APPEALED(32),
        GOVERNED(33),
        PRESENTED(34),
        PERMITTED(35);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        static Kind of(int code) {
            for (var kind : values()) if (kind.code == code) return kind;
            throw new IllegalArgumentException("no kind of record has the code " + code);
        }
    }

    /// The first 43 bytes of the leaf of a record still to be sealed.
    public static byte[] header(
            Kind kind, Assurance assurance, Instant time, Pseudonym actor, Pseudonym about) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(VERSION)
                .put((byte) kind.code())
                .put((byte) assurance.code())
                .putLong(time.toEpochMilli())
                .put(actor.bytes().unsafeArray())
                .put(about.bytes().unsafeArray())
                .array();
    }

    public Bytes encode() {
        return Bytes.unsafe(
                ByteBuffer.allocate(LENGTH)
                        .put(header(kind, assurance, time, actor, about))
                        .put(sealed.bytes().unsafeArray())
                        .array());
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one record
    public static Record parse(Bytes leaf) {
        if (leaf.length() != LENGTH)
            throw new IllegalArgumentException("a record has 75 bytes, not " + leaf.length());
        if (leaf.at(0) != VERSION)
            throw new IllegalArgumentException("no record has the version " + leaf.at(0));
        var time = ByteBuffer.wrap(leaf.unsafeArray()).getLong(3);
        if (time < 0) throw new IllegalArgumentException("the time lies before 1970");
        return new Record(
                Kind.of(leaf.at(1)),
                Assurance.of(leaf.at(2)),
                Instant.ofEpochMilli(time),
                new Pseudonym(leaf.slice(11, 27)),
                new Pseudonym(leaf.slice(27, 43)),
                new Hash(leaf.slice(43, LENGTH)));
    }
}
