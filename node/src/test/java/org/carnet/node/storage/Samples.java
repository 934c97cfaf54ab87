// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.log.Assurance;
import org.carnet.log.LogSigner;
import org.carnet.log.Record;
import org.carnet.node.points.Entry;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// What the tests of storage put on the record, and sign with.
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final SigningKey KEY =
            SigningKey.of(Algorithm.ED25519, Bytes.utf8("0123456789abcdef0123456789abcdef"));
    static final LogSigner LOG = signer("carnet.local/agora");

    private Samples() {}

    static LogSigner signer(String origin) {
        return new NodeKeys(KEY, KEY, KEY.secret(), KEY.secret()).signer(origin);
    }

    static Entry entry(String details) {
        return new Entry(
                Record.Kind.RECEIVED,
                Assurance.THING,
                "owner-1",
                "did:key:z1",
                "mapping-1",
                Bytes.utf8(details));
    }

    static void append(Ledger ledger, int count) {
        for (int i = 0; i < count - 1; i++) ledger.append(List.of(entry("update " + i)));
        ledger.append(List.of(entry("update " + (count - 1)))).join();
    }

    /// A frame as journals of an earlier version have it, with the whole leaf.
    static ByteBuffer wholeFrame(byte[] leaf, byte[] sealed) {
        int payload = leaf.length + sealed.length;
        var frame = ByteBuffer.allocate(Frame.HEADER + payload);
        frame.putInt(Frame.COMMIT | payload).putInt(0).put(leaf).put(sealed).flip();
        return frame.putInt(4, Frame.checksum(frame, 0, payload));
    }

    static SealedRecord sealed(SubjectKeys keys, String details) {
        return new Vault(keys, new SecureRandom()).seal(entry(details), NOON);
    }
}
