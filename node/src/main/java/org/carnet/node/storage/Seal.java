// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Spare;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals details under their subject's key with AES-256-GCM, bound to the place they belong to.
///
/// ```text
/// key id u64 | nonce 12 | ciphertext, and tag 16
/// nonce = 6 random bytes per start | counter u48
/// ```
/// No nonce repeats within a start, and no two starts share the random part before there were millions of them.
final class Seal {
    /// How much longer sealed bytes are than plain ones.
    static final int OVERHEAD = 36;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int RANDOM = 6;

    private final byte[] start = new byte[RANDOM];
    private final AtomicLong counter = new AtomicLong();

    /// Each with the schedule of the key that it was last used with.
    private final Spare<Cipher> ciphers = new Spare<>(Crypto::aesGcm);

    Seal(SecureRandom random) {
        random.nextBytes(start);
    }

    /// @param place what the sealed bytes are bound to: they open with this only
    byte[] seal(SubjectKey key, byte[] place, byte[] plain) {
        var sealed = ByteBuffer.allocate(OVERHEAD + plain.length);
        sealed.putLong(key.id());
        putNonce(sealed);
        var cipher = ciphers.take();
        try {
            initialize(cipher, Cipher.ENCRYPT_MODE, key.sealing(), sealed.array(), Long.BYTES);
            cipher.updateAAD(place);
            cipher.doFinal(plain, 0, plain.length, sealed.array(), sealed.position());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not seal", impossible);
        }
        ciphers.putBack(cipher);
        return sealed.array();
    }

    /// The plain bytes; empty if these are not bytes that were sealed with this key for this place.
    Optional<byte[]> open(SubjectKey key, byte[] place, byte[] sealed) {
        if (sealed.length < OVERHEAD) return Optional.empty();
        var cipher = ciphers.take();
        try {
            initialize(cipher, Cipher.DECRYPT_MODE, key.sealing(), sealed, Long.BYTES);
            cipher.updateAAD(place);
            int from = Long.BYTES + NONCE;
            return Optional.of(cipher.doFinal(sealed, from, sealed.length - from));
        } catch (AEADBadTagException foreign) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not open", impossible);
        } finally {
            ciphers.putBack(cipher);
        }
    }

    /// The id of the key that sealed bytes name.
    static long keyId(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getLong();
    }

    /// Overwrites the keys that idle ciphers were last used with.
    void forget() {
        var nothing = new SecretKeySpec(new byte[32], "AES");
        var place = new byte[Long.BYTES + NONCE];
        ciphers.clear(
                idle -> {
                    try {
                        initialize(idle, Cipher.DECRYPT_MODE, nothing, place, Long.BYTES);
                    } catch (GeneralSecurityException impossible) {
                        throw new IllegalStateException("AES-GCM takes no key", impossible);
                    }
                });
    }

    private void putNonce(ByteBuffer sealed) {
        long count = counter.getAndIncrement();
        if (count >>> 48 != 0) throw new IllegalStateException("this start has used up its nonces");
        sealed.put(start).putShort((short) (count >>> 32)).putInt((int) count);
    }

    private static void initialize(Cipher cipher, int mode, SecretKey key, byte[] from, int offset)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, from, offset, NONCE));
    }
}
