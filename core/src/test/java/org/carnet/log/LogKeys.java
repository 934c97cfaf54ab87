// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;

/// Keys of logs that tests make up; the same number gives the same key.
final class LogKeys {
    private LogKeys() {}

    static NoteSigner signer(String name, int number) {
        var secret = MerkleHash.leaf(Bytes.utf8("key " + number)).bytes();
        return new NoteSigner(name, SigningKey.of(Algorithm.ED25519, secret));
    }
}
