// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;

import java.util.List;

/// This machine's own limit: how many signatures of the workload all cores together verify, and nothing else.
final class VerifyLimit {
    record Signed(VerificationKey key, byte[] message, byte[] signature) {
        void requireGood() {
            if (!key.verify(message, signature))
                throw new IllegalStateException("a good signature was refused");
        }
    }

    private VerifyLimit() {}

    /// The parts of updates that were signed by one key after the other.
    static Signed[] signed(List<SigningKey> keys, List<Bytes> updates) {
        var decoded = keys.stream().map(key -> VerificationKey.of(key.did())).toList();
        var signed = new Signed[updates.size()];
        for (int i = 0; i < signed.length; i++)
            signed[i] = signed(decoded.get(i % decoded.size()), updates.get(i).toUtf8());
        return signed;
    }

    /// The parts of a compact JWS.
    static Signed signed(VerificationKey key, String jws) {
        int dot = jws.lastIndexOf('.');
        return new Signed(
                key,
                Bytes.utf8(jws.substring(0, dot)).toArray(),
                Bytes.base64Url(jws.substring(dot + 1)).toArray());
    }

    static double perSecond(List<SigningKey> keys, List<Bytes> updates, int workers, double seconds)
            throws InterruptedException {
        var signed = signed(keys, updates.subList(0, Math.min(updates.size(), 10_000)));
        return Rate.of(i -> signed[i % signed.length].requireGood(), workers, seconds).perSecond();
    }
}
