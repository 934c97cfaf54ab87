// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.things;

import org.carnet.Bytes;
import org.carnet.envelope.Reading;
import org.carnet.identity.DidKey;
import org.carnet.identity.SigningKey;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

/// What keeps updates under one alias from being matched, at a glance, with those of the same thing under another: numbers
/// that start elsewhere, and times that lie up to a second earlier, by the same for each alias.
///
/// Both follow from the gateway's signature over the alias, which nobody else can make, so they are the same after a
/// restart. Whoever compares the *course* of two series for long enough finds that they are of one thing all the same: only
/// an owner who shares less of it prevents that (docs/wire/avatar-credential.md).
record Disguise(long numbers, Duration earlier) {
    /// For updates under the thing's own identifier.
    static final Disguise NONE = new Disguise(0, Duration.ZERO);

    /// The highest number that an update can have.
    private static final long HIGHEST = (1L << 53) - 1;

    private static final int MILLISECONDS = 1000;

    /// @param gateway signs with Ed25519, so always the same over the same text
    static Disguise of(SigningKey gateway, DidKey alias) {
        var secret = gateway.sign(Bytes.utf8("carnet disguise\n" + alias).toArray());
        try {
            var drawn = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(secret));
            return new Disguise(
                    drawn.getInt() & 0x3fff_ffffL,
                    Duration.ofMillis((drawn.getInt() & 0x3fff_ffff) % MILLISECONDS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /// The number under the alias; one so high that nothing can be added stays, and is refused as out of order.
    long number(long sequence) {
        return sequence > HIGHEST - numbers ? sequence : sequence + numbers;
    }

    Instant time(Instant time) {
        return time.minus(earlier);
    }

    Reading reading(Reading reading) {
        return new Reading(
                reading.property(), time(reading.time()), reading.value(), reading.unit());
    }
}
