// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.log.NoteSigner;
import org.carnet.node.files.WholeFile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/// The secrets of a node, in one file that only its user can read: `keys/node.key`.
///
/// ```json
/// {"node": {private JWK}, "log": {private JWK}, "wrap": "32 bytes, base64url"}
/// ```
/// Whoever loses the file can neither sign as this node any more nor open what it has sealed: keep a copy.
///
/// @param node signs for the node itself
/// @param log signs the checkpoints of its log
/// @param wrap wraps the keys of the subjects
public record NodeKeys(SigningKey node, SigningKey log, Bytes wrap) {
    private static final int WRAP_LENGTH = 32;
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
        if (wrap.length() != WRAP_LENGTH) {
            throw new IllegalArgumentException("the wrapping key has 32 bytes");
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
            return parse(Files.readString(file));
        } catch (AccessDeniedException denied) {
            throw new IOException(file + " cannot be read by this user", denied);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(
                    file + " is not the key file of a node: " + malformed.getMessage());
        }
    }

    /// What signs the checkpoints of the log with this origin.
    public NoteSigner signer(String origin) {
        return new NoteSigner(origin, log);
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        var wrap = new byte[WRAP_LENGTH];
        random.nextBytes(wrap);
        var json = JSON.createObjectNode();
        for (var name : new String[] {"node", "log"}) {
            var key = SigningKey.generate(Algorithm.ED25519, random);
            json.set(name, JSON.readTree(KeyFile.write(key)));
        }
        json.put("wrap", Bytes.unsafe(wrap).toBase64Url());
        WholeFile.createSecretDirectory(Disk.directoryOf(file));
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

    private static NodeKeys parse(String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("it is not JSON");
        }
        if (!json.isObject()
                || !Set.copyOf(json.propertyNames()).equals(Set.of("node", "log", "wrap"))) {
            throw new IllegalArgumentException("its members are not node, log and wrap");
        }
        if (!json.path("wrap").isString())
            throw new IllegalArgumentException("wrap is not a string");
        return new NodeKeys(
                KeyFile.read(json.path("node").toString()),
                KeyFile.read(json.path("log").toString()),
                Bytes.base64Url(json.path("wrap").stringValue()));
    }

    /// Names the public halves only.
    @Override
    public String toString() {
        return "keys of " + node.did();
    }
}
