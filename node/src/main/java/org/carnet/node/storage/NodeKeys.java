// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;
import org.carnet.log.Cosigner;
import org.carnet.log.LogSigner;
import org.carnet.node.files.WholeFile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The secrets of a node, in one file that only its user can read: `keys/node.key`.
///
/// ```json
/// {"node": {private JWK}, "log": {private JWK}, "wrap": "32 bytes, base64url", "cosign": "32 bytes, base64url"}
/// ```
/// The keys of its cosigners are derived from `cosign` by HKDF-SHA256 (RFC 5869) without salt: 32 bytes for each, where
/// `info` is the cosigner's name, a newline, and `ed25519` or `ml-dsa-44`. A file of an earlier version has no `cosign`;
/// it gets one when it is opened.
///
/// Whoever loses the file can neither sign as this node any more nor open what it has sealed: keep a copy.
///
/// @param node signs for the node itself
/// @param log signs the checkpoints of its log
/// @param wrap wraps the keys of the subjects
/// @param cosign what the keys of all cosigners of the node are derived from
public record NodeKeys(SigningKey node, SigningKey log, Bytes wrap, Bytes cosign) {
    private static final int SECRET_LENGTH = 32;
    private static final Set<String> EARLIER = Set.of("node", "log", "wrap");
    private static final Set<String> MEMBERS = Set.of("node", "log", "wrap", "cosign");
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    public NodeKeys {
        if (node.algorithm() != Algorithm.ED25519 || log.algorithm() != Algorithm.ED25519) {
            throw new IllegalArgumentException("a node signs with Ed25519");
        }
        if (wrap.length() != SECRET_LENGTH) {
            throw new IllegalArgumentException("the wrapping key has 32 bytes");
        }
        if (cosign.length() != SECRET_LENGTH) {
            throw new IllegalArgumentException("the secret of the cosigners has 32 bytes");
        }
    }

    /// The keys of the node with this data directory; made when it has none.
    ///
    /// @throws IOException with one sentence that says why the file cannot be used
    public static NodeKeys open(Path dataDirectory, SecureRandom random) throws IOException {
        var file = new DataDirectory(dataDirectory).nodeKey();
        if (Files.notExists(file)) create(file, random);
        requireSecret(file);
        try {
            var json = members(Files.readString(file));
            if (names(json).equals(EARLIER)) {
                json.put("cosign", secret(random));
                write(file, json);
            }
            return parse(json);
        } catch (AccessDeniedException denied) {
            throw new IOException(file + " cannot be read by this user", denied);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(
                    file + " is not the key file of a node: " + malformed.getMessage());
        }
    }

    /// What signs the checkpoints of the log with this origin.
    public LogSigner signer(String origin) {
        return new LogSigner(log, cosigner(origin));
    }

    /// The cosigner of this node with this name; the same name gives the same keys.
    public Cosigner cosigner(String name) {
        return new Cosigner(
                name,
                SigningKey.of(Algorithm.ED25519, derive(name, "ed25519")),
                MlDsaSigningKey.of(derive(name, "ml-dsa-44")));
    }

    private Bytes derive(String name, String algorithm) {
        var parameters =
                HKDFParameterSpec.ofExtract()
                        .addIKM(cosign.toArray())
                        .thenExpand(Bytes.utf8(name + '\n' + algorithm).toArray(), SECRET_LENGTH);
        try {
            return Bytes.unsafe(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        var json = JSON.createObjectNode();
        for (var name : new String[] {"node", "log"}) {
            var key = SigningKey.generate(Algorithm.ED25519, random);
            json.set(name, JSON.readTree(KeyFile.write(key)));
        }
        json.put("wrap", secret(random));
        json.put("cosign", secret(random));
        WholeFile.createSecretDirectory(Disk.directoryOf(file));
        write(file, json);
    }

    private static String secret(SecureRandom random) {
        var secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return Bytes.unsafe(secret).toBase64Url();
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        WholeFile.writeSecret(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        new RealDisk().forceDirectory(Disk.directoryOf(file));
    }

    private static void requireSecret(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) return;
        var permissions = view.readAttributes().permissions();
        if (OWNER.containsAll(permissions)) return;
        throw new IOException(
                "%s is open to others (%s): let only its owner read it, as with chmod 600"
                        .formatted(file, PosixFilePermissions.toString(permissions)));
    }

    private static ObjectNode members(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("it is not JSON");
        }
        if (json instanceof ObjectNode object
                && (names(object).equals(EARLIER) || names(object).equals(MEMBERS))) {
            return object;
        }
        throw new IllegalArgumentException("its members are not node, log, wrap and cosign");
    }

    private static Set<String> names(ObjectNode json) {
        return Set.copyOf(json.propertyNames());
    }

    private static NodeKeys parse(ObjectNode json) {
        return new NodeKeys(
                KeyFile.read(json.path("node").toString()),
                KeyFile.read(json.path("log").toString()),
                secret(json, "wrap"),
                secret(json, "cosign"));
    }

    private static Bytes secret(ObjectNode json, String name) {
        if (!json.path(name).isString()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return Bytes.base64Url(json.path(name).stringValue());
    }

    /// Names the public halves only.
    @Override
    public String toString() {
        return "keys of " + node.did();
    }
}
