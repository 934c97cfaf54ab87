// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The secret that seals backups, in a file that the operator keeps apart from the node: whoever has it and a backup has
/// everything, and whoever lost it has no backup.
///
/// ```text
/// carnet-backup-key-1 <32 bytes, base64url>
/// ```
/// Every key in use is derived from it with HKDF-SHA256 (RFC 5869), each for one purpose.
public final class BackupKey {
    private static final String MARK = "carnet-backup-key-1 ";
    private static final int LENGTH = 32;
    private static final int ID_LENGTH = 8;

    private final SecretKey secret;

    private BackupKey(Bytes secret) {
        if (secret.length() != LENGTH) {
            throw new IllegalArgumentException("a backup key has " + LENGTH + " bytes");
        }
        this.secret = new SecretKeySpec(secret.unsafeArray(), "HKDF");
    }

    /// Makes a key and writes it to a file that only its owner can read.
    ///
    /// @throws FileAlreadyExistsException rather than replace a file
    public static BackupKey create(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) throw new FileAlreadyExistsException(file.toString());
        var secret = new byte[LENGTH];
        random.nextBytes(secret);
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        WholeFile.writeSecret(file, MARK + Bytes.unsafe(secret).toBase64Url() + "\n");
        return new BackupKey(Bytes.unsafe(secret));
    }

    /// @throws IOException with one sentence that says why the file cannot be used
    public static BackupKey read(Path file) throws IOException {
        requireSecret(file);
        var text = Files.readString(file);
        try {
            if (!text.startsWith(MARK) || !text.endsWith("\n")) {
                throw new IllegalArgumentException("it does not start as one");
            }
            return new BackupKey(Bytes.base64Url(text.substring(MARK.length(), text.length() - 1)));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + " is not the key of a backup", malformed);
        }
    }

    private static void requireSecret(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) return;
        var permissions = PosixFilePermissions.toString(view.readAttributes().permissions());
        if (permissions.endsWith("------")) return;
        throw new IOException(
                "%s is open to others (%s): let only its owner read it, as with chmod 600"
                        .formatted(file, permissions));
    }

    /// The key that seals one object.
    SecretKey sealing(Bytes salt, String name) {
        return derive("AES", salt, "seal " + name, LENGTH);
    }

    /// Tells keys apart without telling anything of them.
    Bytes id() {
        return Bytes.unsafe(derive("HKDF", Bytes.utf8(""), "identifier", ID_LENGTH).getEncoded());
    }

    /// Who stores at another node. It comes from this key and not from the node's own, for that is lost with the disk.
    public SigningKey identity() {
        var seed = derive("HKDF", Bytes.utf8(""), "identity at hosts", LENGTH).getEncoded();
        return SigningKey.of(Algorithm.ED25519, Bytes.unsafe(seed));
    }

    private SecretKey derive(String algorithm, Bytes salt, String purpose, int length) {
        try {
            var info = Bytes.utf8("carnet backup 1 " + purpose).toArray();
            var parameters =
                    HKDFParameterSpec.ofExtract()
                            .addIKM(secret)
                            .addSalt(salt.toArray())
                            .thenExpand(info, length);
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }

    /// Names the public half of its identity only.
    @Override
    public String toString() {
        return "backup key of " + identity().did();
    }
}
