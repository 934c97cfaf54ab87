// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.attestation.Eat;
import org.carnet.attestation.Evidence;
import org.carnet.envelope.Form;
import org.carnet.envelope.KeyStatement;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.identity.DidKey;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/// A device at home in a directory: its key, its Thing Description, and the number of its next update. Its identifier is in
/// its description, and stays when its key changes.
///
/// ```text
/// key.jwk            the key that it has now; readable by its owner only
/// next.jwk           a key that no node has taken yet
/// description.json   Thing Description 1.1
/// sequence           first sequence number not reserved yet
/// ```
public final class Thing implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEY = "key.jwk";
    private static final String NEXT_KEY = "next.jwk";
    private static final String DESCRIPTION = "description.json";
    private static final String SEQUENCE = "sequence";

    private final Path directory;
    private final DidKey id;
    private final JsonNode description;
    private final ReservedSequence sequence;
    private volatile SigningKey key;

    private Thing(
            Path directory,
            DidKey id,
            SigningKey key,
            JsonNode description,
            ReservedSequence sequence) {
        this.directory = directory;
        this.id = id;
        this.key = key;
        this.description = description;
        this.sequence = sequence;
    }

    /// Makes the directory, and in it a thing with this key that never sent anything.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if a thing lives there already
    public static Thing create(Path directory, SigningKey key, ThingDescription description)
            throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve(KEY), key);
        Files.writeString(
                directory.resolve(DESCRIPTION),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(description.toJson())
                        + "\n");
        return open(directory);
    }

    /// @throws IOException if no thing lives there, or another program has it open
    public static Thing open(Path directory) throws IOException {
        var key = KeyFile.read(Files.readString(directory.resolve(KEY)));
        var description = description(directory.resolve(DESCRIPTION));
        return new Thing(
                directory,
                id(description, directory),
                key,
                description,
                ReservedSequence.open(directory.resolve(SEQUENCE)));
    }

    private static DidKey id(JsonNode description, Path directory) throws IOException {
        try {
            return DidKey.parse(description.path("id").asString(""));
        } catch (IllegalArgumentException e) {
            throw new IOException(directory + " does not say which thing lives there", e);
        }
    }

    private static void write(Path file, SigningKey key) throws IOException {
        var secret = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(secret));
        Files.writeString(file, KeyFile.write(key));
    }

    private static JsonNode description(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON", e);
        }
    }

    public DidKey id() {
        return id;
    }

    /// Attests to what it is, with the key that its maker gave it, and shows that it holds its own.
    public Evidence attest(Evidence.Endorsed endorsement, Eat claims, SigningKey device) {
        return Evidence.asJwt(endorsement, claims, device, key);
    }

    /// A key that the thing may have next: the same again until it was taken, so that it is not lost if an answer is.
    public NextKey nextKey(SecureRandom random) throws IOException {
        var file = directory.resolve(NEXT_KEY);
        if (!Files.exists(file)) write(file, SigningKey.generate(key.algorithm(), random));
        return new NextKey(KeyFile.read(Files.readString(file)));
    }

    /// What a thing shows a node to have another key from then on.
    public final class NextKey {
        private final SigningKey next;

        private NextKey(SigningKey next) {
            this.next = next;
        }

        public DidKey did() {
            return next.did();
        }

        /// The next key says that it is the thing's.
        public String possession(String node, Instant now) {
            return KeyStatement.create(next, id, next.did(), node, now);
        }

        /// The key that it has now says so too.
        public String consent(String node, Instant now) {
            return KeyStatement.create(key, id, next.did(), node, now);
        }

        /// The node took it: the key before is forgotten.
        public void take() throws IOException {
            var file = directory.resolve(KEY);
            Files.move(directory.resolve(NEXT_KEY), file, StandardCopyOption.ATOMIC_MOVE);
            key = next;
        }
    }

    /// Its Thing Description.
    public JsonNode description() {
        return description;
    }

    /// The readings as a signed update with the next sequence number.
    public Bytes sign(Form form, Instant signedAt, List<Reading> readings) throws IOException {
        return Signer.sign(key, form, id, sequence.next(), signedAt, readings);
    }

    @Override
    public void close() throws IOException {
        sequence.close();
    }

    /// Names the public half of its key only.
    @Override
    public String toString() {
        return "thing " + id();
    }
}
