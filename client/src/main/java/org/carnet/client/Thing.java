// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.envelope.Form;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/// A device at home in a directory: its key, its Thing Description, and the number of its next update.
///
/// ```text
/// key.jwk            readable by its owner only
/// description.json   Thing Description 1.1
/// sequence           first sequence number not reserved yet
/// ```
public final class Thing implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEY = "key.jwk";
    private static final String DESCRIPTION = "description.json";
    private static final String SEQUENCE = "sequence";

    private final SigningKey key;
    private final JsonNode description;
    private final ReservedSequence sequence;

    private Thing(SigningKey key, JsonNode description, ReservedSequence sequence) {
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
        var secret = PosixFilePermissions.fromString("rw-------");
        Files.createFile(directory.resolve(KEY), PosixFilePermissions.asFileAttribute(secret));
        Files.writeString(directory.resolve(KEY), KeyFile.write(key));
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
        return new Thing(key, description, ReservedSequence.open(directory.resolve(SEQUENCE)));
    }

    private static JsonNode description(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new IOException(file + " is not JSON", e);
        }
    }

    public DidKey id() {
        return key.did();
    }

    /// Its Thing Description.
    public JsonNode description() {
        return description;
    }

    /// The readings as a signed update with the next sequence number.
    public Bytes sign(Form form, Instant signedAt, List<Reading> readings) throws IOException {
        return Signer.sign(key, form, id(), sequence.next(), signedAt, readings);
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
