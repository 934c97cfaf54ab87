// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.node.files.WholeFile;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/// The key with which this node proves to providers that it is the client it says (RFC 7523): `keys/client.jwk`.
///
/// It stays the same, since providers know it beforehand. No secret is shared with any of them.
final class ClientKey {
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int ID_BYTES = 16;

    private final SigningKey key;
    private final String id;
    private final SecureRandom random;

    private ClientKey(SigningKey key, SecureRandom random) {
        this.key = key;
        this.id = Jwk.thumbprint(key.did());
        this.random = random;
    }

    /// Reads the key, or makes it at the first start.
    static ClientKey open(Path keys, SecureRandom random) throws IOException {
        var file = keys.resolve("client.jwk");
        if (Files.notExists(file)) {
            WholeFile.createSecretDirectory(keys);
            var made = SigningKey.generate(Algorithm.P256, random);
            WholeFile.writeSecret(file, KeyFile.write(made));
        }
        return new ClientKey(KeyFile.read(Files.readString(file)), random);
    }

    /// What providers have to know: a set with the public key in it (RFC 7517 section 5).
    ObjectNode published() {
        var set = Json.object();
        var one = set.putArray("keys").addObject();
        Jwk.members(key.did()).forEach(one::put);
        one.put("kid", id).put("use", "sig").put("alg", Jws.name(key.algorithm()));
        return set;
    }

    /// A proof for one request, to this provider only.
    ClientAuthentication prove(OpenIdProvider provider, Instant now) {
        var identifier = new byte[ID_BYTES];
        random.nextBytes(identifier);
        var header = Json.object().put("typ", "JWT").put("alg", Jws.name(key.algorithm()));
        var claims =
                Json.object()
                        .put("iss", provider.settings().client())
                        .put("sub", provider.settings().client())
                        .put("aud", provider.issuer())
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIFE).getEpochSecond())
                        .put("jti", Bytes.unsafe(identifier).toBase64Url());
        var payload = Bytes.utf8(Json.text(claims));
        var token = Jws.sign(Json.text(header.put("kid", id)), payload, key).toUtf8();
        try {
            return new PrivateKeyJWT(SignedJWT.parse(token));
        } catch (ParseException e) {
            throw new IllegalStateException("the proof that was just made is none", e);
        }
    }
}
