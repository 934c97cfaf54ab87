// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/// The key by which a program acts for an account, and the account's name: a file that its owner alone can read.
///
/// ```text
/// {"account": "alice", "key": {"kty": "EC", "crv": "P-256", "d": …, "x": …, "y": …, "kid": "did:key:zDn…"}}
/// ```
///
/// The key never leaves the program: it signs that the program is the account (RFC 7523), and with that a node gives it
/// access tokens for a few minutes.
public final class AccountKey {
    private static final int LIFE_SECONDS = 60;
    private static final int ID_BYTES = 16;

    private final String account;
    private final SigningKey key;
    private final SecureRandom random;
    private final InstantSource clock;

    private AccountKey(String account, SigningKey key, SecureRandom random, InstantSource clock) {
        this.account = account;
        this.key = key;
        this.random = random;
        this.clock = clock;
    }

    /// A new key, known to nobody yet.
    public static AccountKey generate(String account) {
        var random = new SecureRandom();
        var key = SigningKey.generate(Algorithm.P256, random);
        return new AccountKey(account, key, random, InstantSource.system());
    }

    /// @throws IOException if there is no such file, or it is another
    public static AccountKey read(Path file) throws IOException {
        try {
            var read = Json.object(Bytes.unsafe(Files.readAllBytes(file)));
            return new AccountKey(
                    read.path("account").asString(""),
                    KeyFile.read(Json.text(read.path("key"))),
                    new SecureRandom(),
                    InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not the key of an account: " + e.getMessage(), e);
        }
    }

    /// Writes the file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one
    public void write(Path file) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) Files.createDirectories(parent);
        var secret = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(secret));
        var content = Json.object().put("account", account);
        content.set("key", Json.tree(Bytes.utf8(KeyFile.write(key))));
        Files.writeString(file, Json.text(content) + "\n");
    }

    /// Whose key it is.
    public String account() {
        return account;
    }

    /// The public half, as a JWK.
    public Map<String, String> publicKey() {
        return Jwk.members(key.did());
    }

    /// Another key beside this one, for what is to be bound to a program's run only.
    SigningKey another() {
        return SigningKey.generate(Algorithm.P256, random);
    }

    /// Says that the program is the account, to this audience, once and for a minute.
    String assertion(String audience) {
        var now = clock.instant().getEpochSecond();
        var claims = Json.object();
        claims.put("iss", account);
        claims.put("sub", account);
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + LIFE_SECONDS);
        claims.put("jti", unique());
        return sign(Json.object().put("typ", "JWT"), claims, key);
    }

    /// Says that this request is of the holder of a key (RFC 9449).
    String proof(SigningKey holder, String method, String url, String tokenHash) {
        var header = Json.object().put("typ", "dpop+jwt");
        var jwk = header.putObject("jwk");
        Jwk.members(holder.did()).forEach(jwk::put);
        var claims = Json.object();
        claims.put("htm", method);
        claims.put("htu", url);
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("jti", unique());
        if (!tokenHash.isEmpty()) claims.put("ath", tokenHash);
        return sign(header, claims, holder);
    }

    long seconds() {
        return clock.instant().getEpochSecond();
    }

    private String unique() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Bytes.unsafe(bytes).toBase64Url();
    }

    private static String sign(ObjectNode header, ObjectNode claims, SigningKey key) {
        header.put("alg", Jws.name(key.algorithm()));
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(claims)), key).toUtf8();
    }

    /// Names the account only.
    @Override
    public String toString() {
        return "key of " + account;
    }
}
