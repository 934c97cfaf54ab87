// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.node.points.Secrets;

import java.security.SecureRandom;
import java.util.Optional;

/// Seals what agents keep under the keys that live as long as their subjects.
final class SealedSecrets implements Secrets {
    private final SubjectKeys keys;
    private final Seal seal;

    SealedSecrets(SubjectKeys keys, SecureRandom random) {
        this.keys = keys;
        this.seal = new Seal(random);
    }

    @Override
    public Bytes seal(String subject, String place, Bytes plain) {
        var key = keys.ofKept(subject);
        return Bytes.unsafe(seal.seal(key, bytes(place), plain.unsafeArray()));
    }

    @Override
    public Optional<Bytes> open(String place, Bytes sealed) {
        if (sealed.length() < Seal.OVERHEAD) return Optional.empty();
        try {
            return keys.byId(Seal.keyId(sealed.unsafeArray()))
                    .flatMap(key -> seal.open(key, bytes(place), sealed.unsafeArray()))
                    .map(Bytes::unsafe);
        } catch (KeyDestroyed e) {
            return Optional.empty();
        }
    }

    @Override
    public Bytes standIn(String subject, String text) {
        return keys.ofKept(subject).pseudonym(text).bytes();
    }

    private static byte[] bytes(String place) {
        return Bytes.utf8(place).unsafeArray();
    }
}
