// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// What a cosigner makes of a checkpoint: a time, and the signature over both (C2SP tlog-cosignature).
///
/// ```text
/// u64 seconds since 1970 | Ed25519 signature 64
/// u64 seconds since 1970 | ML-DSA-44 signature 2420
/// ```
/// A time of zero says nothing on when.
record Cosignature(long seconds, Bytes signature) {
    private static final int LONGEST_NAME = 255;

    Cosignature {
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw new IllegalArgumentException("no time has " + seconds + " seconds since 1970");
        }
    }

    /// Empty if these are not a time and a signature of that many bytes.
    static Optional<Cosignature> parse(Bytes content, int signatureLength) {
        if (content.length() != Long.BYTES + signatureLength) return Optional.empty();
        long seconds = ByteBuffer.wrap(content.unsafeArray()).getLong();
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) return Optional.empty();
        return Optional.of(new Cosignature(seconds, content.slice(Long.BYTES, content.length())));
    }

    Bytes encode() {
        return Bytes.unsafe(
                ByteBuffer.allocate(Long.BYTES + signature.length())
                        .putLong(seconds)
                        .put(signature.unsafeArray())
                        .array());
    }

    Instant time() {
        return Instant.ofEpochSecond(seconds);
    }

    /// What an Ed25519 cosigner signs: `cosignature/v1`, the time, and the text of the note.
    static Bytes ed25519Message(long seconds, String text) {
        return Bytes.utf8("cosignature/v1\ntime " + seconds + '\n' + text);
    }

    /// What an ML-DSA-44 cosigner signs: `cosigned_message` over the whole tree; extension lines are not in it.
    ///
    /// @throws IllegalArgumentException if a name has no bytes or more than 255
    static Bytes mlDsaMessage(String cosigner, long seconds, Checkpoint checkpoint) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(Bytes.utf8("subtree/v1\n\0").unsafeArray());
        putName(message, cosigner);
        putLong(message, seconds);
        putName(message, checkpoint.origin());
        putLong(message, 0);
        putLong(message, checkpoint.size());
        message.writeBytes(checkpoint.root().bytes().unsafeArray());
        return Bytes.unsafe(message.toByteArray());
    }

    private static void putName(ByteArrayOutputStream message, String name) {
        var bytes = Bytes.utf8(name);
        if (bytes.length() == 0 || bytes.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a name of " + bytes.length() + " bytes cannot be cosigned");
        }
        message.write(bytes.length());
        message.writeBytes(bytes.unsafeArray());
    }

    private static void putLong(ByteArrayOutputStream message, long number) {
        message.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
