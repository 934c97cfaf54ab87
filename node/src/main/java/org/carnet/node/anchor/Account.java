// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.node.files.WholeFile;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/// The account that anchors: its private key is the one line of a file that only its user can read.
public final class Account {
    private static final int KEY_LENGTH = 32;
    private static final Pattern KEY = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// The order of secp256k1: a key is a number from 1 to one less.
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final Credentials credentials;

    private Account(String key) {
        credentials = Credentials.create(key);
    }

    /// @throws IOException with one sentence that says why the file cannot be used
    public static Account read(Path file) throws IOException {
        if (Files.notExists(file)) throw new IOException("there is no " + file);
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            var permissions = view.readAttributes().permissions();
            if (!OWNER.containsAll(permissions)) {
                throw new IOException(
                        "%s is open to others (%s): let only its owner read it, as with chmod 600"
                                .formatted(file, PosixFilePermissions.toString(permissions)));
            }
        }
        var key = Files.readString(file).strip();
        if (!KEY.matcher(key).matches() || !isKey(Numeric.toBigInt(key))) {
            throw new IOException(
                    file + " is not the key of an account: one line, 0x and 64 hexadecimal digits");
        }
        return new Account(key);
    }

    /// Makes a new account, whose key is in the file before this returns.
    ///
    /// @throws IOException if the file is there already
    public static Account create(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) throw new IOException(file + " exists already");
        var bytes = new byte[KEY_LENGTH];
        do random.nextBytes(bytes);
        while (!isKey(new BigInteger(1, bytes)));
        var key = "0x" + HexFormat.of().formatHex(bytes);
        WholeFile.writeSecret(file.toAbsolutePath(), key + "\n");
        return new Account(key);
    }

    private static boolean isKey(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    public Address address() {
        return new Address(credentials.getAddress());
    }

    /// Signs what the chain with that number is to do.
    SignedTransaction sign(long chain, RawTransaction transaction) {
        var encoded = TransactionEncoder.signMessage(transaction, chain, credentials);
        return new SignedTransaction(
                Numeric.toHexString(Hash.sha3(encoded)), Numeric.toHexString(encoded));
    }

    /// Names the public half only.
    @Override
    public String toString() {
        return address().toString();
    }
}
