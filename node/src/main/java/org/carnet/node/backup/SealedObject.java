// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// One object of a backup as it lies outside the node (docs/wire/backup.md).
///
/// ```text
/// "carnet backup 1\n" 16 | key id 8 | backup id 16 | salt 32 | AES-256-GCM ciphertext, and tag 16
/// key   HKDF-SHA256(backup key, salt, "carnet backup 1 seal " name), used once: the nonce is zero
/// bound to the first 72 bytes and the name
/// ```
/// Neither under another name, nor in another backup, nor with another key does it open.
///
/// @param backup the backup that it belongs to
record SealedObject(Bytes backup, Bytes plain) {
    static final int ID_LENGTH = 16;
    private static final Bytes MAGIC = Bytes.utf8("carnet backup 1\n");
    private static final int KEY_ID = 8;
    private static final int SALT = 32;
    private static final int HEAD = 16 + KEY_ID + ID_LENGTH + SALT;
    private static final int TAG = 16;

    /// How much longer the sealed object is than the plain one.
    static final int OVERHEAD = HEAD + TAG;

    Bytes seal(BackupKey key, String name, SecureRandom random) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var sealed = ByteBuffer.allocate(OVERHEAD + plain.length());
        sealed.put(MAGIC.unsafeArray()).put(key.id().unsafeArray());
        sealed.put(backup.unsafeArray()).put(salt);
        try {
            var cipher =
                    cipher(
                            Cipher.ENCRYPT_MODE,
                            key,
                            name,
                            Bytes.unsafe(sealed.array()).slice(0, HEAD));
            cipher.doFinal(
                    plain.unsafeArray(), 0, plain.length(), sealed.array(), sealed.position());
            return Bytes.unsafe(sealed.array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not seal", impossible);
        }
    }

    /// @throws BackupDamaged if this was not sealed with this key under this name
    static SealedObject open(BackupKey key, String name, Bytes sealed) throws BackupDamaged {
        if (sealed.length() < OVERHEAD || !sealed.slice(0, MAGIC.length()).equals(MAGIC)) {
            throw new BackupDamaged(name, "it is no object of a backup");
        }
        int at = MAGIC.length();
        if (!sealed.slice(at, at + KEY_ID).equals(key.id())) {
            throw new BackupDamaged(name, "it was sealed with another backup key");
        }
        var backup = sealed.slice(at + KEY_ID, at + KEY_ID + ID_LENGTH);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, name, sealed.slice(0, HEAD));
            var plain = cipher.doFinal(sealed.unsafeArray(), HEAD, sealed.length() - HEAD);
            return new SealedObject(backup, Bytes.unsafe(plain));
        } catch (AEADBadTagException changed) {
            throw new BackupDamaged(name, "it does not open: it was changed or moved");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM does not open", impossible);
        }
    }

    private static Cipher cipher(int mode, BackupKey key, String name, Bytes head)
            throws GeneralSecurityException {
        var salt = head.slice(HEAD - SALT, HEAD);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.sealing(salt, name), new GCMParameterSpec(8 * TAG, new byte[12]));
        cipher.updateAAD(head.unsafeArray());
        cipher.updateAAD(Bytes.utf8(name).unsafeArray());
        return cipher;
    }
}
