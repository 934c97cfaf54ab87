// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.NoteVerifier;
import org.carnet.log.SignedNote;
import org.carnet.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What this witness last cosigned of each log, one file for each: `witness/<SHA-256 of the origin>.checkpoint`.
///
/// A file is replaced as a whole and forced with its name, so after a power cut it holds the old checkpoint or the new.
final class WitnessFiles {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String SUFFIX = ".checkpoint";

    private final Path directory;
    private final List<NoteVerifier> own;

    /// @param own the keys by which this node cosigns
    WitnessFiles(Path directory, List<NoteVerifier> own) {
        this.directory = directory;
        this.own = List.copyOf(own);
    }

    Optional<SignedNote> read(String origin) throws IOException {
        return readHash(hash(origin));
    }

    /// @throws IOException if the file is damaged: nothing is cosigned on so weak a memory
    Optional<SignedNote> readHash(String originHash) throws IOException {
        if (!HASH.matcher(originHash).matches()) return Optional.empty();
        var file = directory.resolve(originHash + SUFFIX);
        try {
            var note = SignedNote.parse(Bytes.unsafe(Files.readAllBytes(file)));
            if (own.stream().allMatch(note::isSignedBy)) return Optional.of(note);
            throw new IOException(file + " is not what this witness cosigned");
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            throw new IOException(file + " is damaged", malformed);
        }
    }

    void write(String origin, SignedNote note) throws IOException {
        WholeFile.createSecretDirectory(directory);
        WholeFile.writeDurably(directory.resolve(hash(origin) + SUFFIX), note.encode());
    }

    /// How logs are named to those who monitor them: hexadecimal, lower case.
    static String hash(String origin) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(digest.digest(Bytes.utf8(origin).unsafeArray())).toHex();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
