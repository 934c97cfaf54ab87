// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Things whose keys follow from a seed, and their updates, signed before anything is timed.
///
/// An update is one sample of a watch's accelerometer: three readings, a JWS of some 460 bytes.
final class Workload {
    static final List<String> PROPERTIES =
            List.of("acceleration-x", "acceleration-y", "acceleration-z");

    private final List<SigningKey> keys = new ArrayList<>();
    private final long[] sequences;

    Workload(long seed, int things) {
        for (int i = 0; i < things; i++)
            keys.add(SigningKey.of(Algorithm.ED25519, secret(seed, i)));
        sequences = new long[things];
    }

    private static Bytes secret(long seed, int thing) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(
                    digest.digest(ByteBuffer.allocate(12).putLong(seed).putInt(thing).array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    List<SigningKey> keys() {
        return keys;
    }

    /// So many updates, of one thing after the other.
    List<Bytes> sign(int count, Instant now) {
        var updates = new ArrayList<Bytes>(count);
        for (int i = 0; i < count; i++) {
            int thing = i % keys.size();
            long sequence = ++sequences[thing];
            double swing = Math.sin(sequence / 10.0);
            var readings =
                    List.of(
                            reading(0, now, 0.5 + swing),
                            reading(1, now, -0.25 * swing),
                            reading(2, now, 9.81 + swing));
            var key = keys.get(thing);
            updates.add(Signer.sign(key, Form.JWS_SENML_JSON, key.did(), sequence, now, readings));
        }
        return updates;
    }

    private static Reading reading(int axis, Instant time, double value) {
        return new Reading(
                PROPERTIES.get(axis),
                time,
                new Value.Quantity(Math.round(value * 1000) / 1000.0),
                "m/s2");
    }
}
