// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;

/// Keys of logs and cosigners that tests make up; the same number gives the same key.
final class LogKeys {
    private LogKeys() {}

    static NoteSigner signer(String name, int number) {
        return new NoteSigner(name, key(number));
    }

    static LogSigner log(String origin, int number) {
        return new LogSigner(key(number), cosigner(origin, number));
    }

    static Cosigner cosigner(String name, int number) {
        return new Cosigner(
                name,
                SigningKey.of(Algorithm.ED25519, secret("cosigner " + number)),
                MlDsaSigningKey.of(secret("seed " + number)));
    }

    private static SigningKey key(int number) {
        return SigningKey.of(Algorithm.ED25519, secret("key " + number));
    }

    private static Bytes secret(String text) {
        return MerkleHash.leaf(Bytes.utf8(text)).bytes();
    }
}
