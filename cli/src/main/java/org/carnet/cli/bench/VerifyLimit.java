// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;
import org.carnet.identity.VerificationKey;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// This machine's own limit: how many signatures of the workload all cores together verify, and nothing else.
final class VerifyLimit {
    record Signed(VerificationKey key, byte[] message, byte[] signature) {}

    private VerifyLimit() {}

    /// The parts of updates that were signed by one key after the other.
    static Signed[] signed(List<SigningKey> keys, List<Bytes> updates) {
        var decoded = keys.stream().map(key -> VerificationKey.of(key.did())).toList();
        var signed = new Signed[updates.size()];
        for (int i = 0; i < signed.length; i++) {
            var jws = updates.get(i).toUtf8();
            int dot = jws.lastIndexOf('.');
            signed[i] =
                    new Signed(
                            decoded.get(i % decoded.size()),
                            Bytes.utf8(jws.substring(0, dot)).toArray(),
                            Bytes.base64Url(jws.substring(dot + 1)).toArray());
        }
        return signed;
    }

    static double perSecond(List<SigningKey> keys, List<Bytes> updates, int workers, double seconds)
            throws InterruptedException {
        var signed = signed(keys, updates.subList(0, Math.min(updates.size(), 10_000)));
        var verified = new LongAdder();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        var threads = new Thread[workers];
        for (int worker = 0; worker < workers; worker++) {
            int first = worker;
            threads[worker] =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = first; System.nanoTime() < end; i++) {
                                            var one = signed[i % signed.length];
                                            if (!one.key().verify(one.message(), one.signature())) {
                                                throw new IllegalStateException(
                                                        "a good signature was refused");
                                            }
                                            verified.increment();
                                        }
                                    });
        }
        for (var thread : threads) thread.join();
        return Math.round(verified.sum() / ((System.nanoTime() - start) / 1e9));
    }
}
