// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.carnet.node.files.DirectoryTree;
import org.carnet.node.files.Exclusive;
import org.tukaani.xz.XZInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The programs of PostgreSQL for this machine, unpacked once per user from the jar that brings them.
record PostgresBinaries(Path directory) {
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "carnet", "postgres");

    /// Unpacks the programs unless they are there; safe when several nodes start at once.
    static PostgresBinaries unpacked() throws IOException {
        return Exclusive.in(CACHE, PostgresBinaries::unpackedAlone);
    }

    private static PostgresBinaries unpackedAlone() throws IOException {
        var archive = archive();
        var directory = CACHE.resolve(fingerprint(archive));
        if (Files.notExists(directory)) {
            var partial = CACHE.resolve("partial");
            DirectoryTree.delete(partial);
            unpack(archive, partial);
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(directory);
    }

    private static byte[] archive() throws IOException {
        var name = System.getProperty("os.name");
        var system =
                name.startsWith("Windows")
                        ? "Windows"
                        : name.startsWith("Mac") ? "Darwin" : "Linux";
        var processor = System.getProperty("os.arch");
        if (processor.equals("amd64")) processor = "x86_64";
        try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, processor)) {
            return archive.readAllBytes();
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static void unpack(byte[] archive, Path directory) throws IOException {
        try (var entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                var target = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) continue;
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(entries, target);
                    if ((entry.getMode() & 0100) != 0) target.toFile().setExecutable(true);
                }
            }
        }
    }

    /// Runs a program to its end; when it fails, the message is what it said.
    void run(String program, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        // PostgreSQL refuses to run as root; in a user namespace of its own it sees another user.
        if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("carnet-" + program, ".txt");
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(program + " failed: " + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " was running", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
