// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.Checkpoint;
import org.carnet.log.Evidence;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.SignedNote;
import org.carnet.node.storage.NodeKeys;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// A log that tells two stories: whoever copied its key signs a second tree, and shows it to a witness of the first.
///
/// @param status how the witness answered
/// @param convicted whether the witness published evidence by which the log's own signatures convict it
record Fork(int status, boolean convicted) {
    private static final int CONFLICT = 409;
    private static final int INCONSISTENT = 422;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int STEPS = 150;

    boolean holds() {
        return status == INCONSISTENT && convicted;
    }

    /// Copies the keys of a platform and tries to have the forged checkpoint cosigned by another.
    ///
    /// @param copy made here and removed again
    static Fork tried(
            Platform copied, Platform witness, Path copy, SecureRandom random, InstantSource clock)
            throws IOException, InterruptedException {
        try (var honest = copied.manage();
                var watcher = witness.manage();
                var http = HttpClient.newHttpClient()) {
            var log = LogVerifier.parse(honest.bytes("log.vkey"));
            var keys = stolen(copied.directory().resolve("keys"), copy, random);
            int status = CONFLICT;
            // The log may be cosigned once more meanwhile.
            for (int i = 0; i < STEPS && status == CONFLICT; i++) {
                var held = held(watcher, log.name());
                var root = MerkleHash.leaf(Bytes.utf8("another story"));
                var forged = keys.signer(log.name()).sign(held.size(), root, clock.instant());
                var request = new AddCheckpoint(held.size(), List.of(), forged).encode();
                status = submit(http, witness, request);
            }
            return new Fork(status, isConvicted(watcher, log));
        } finally {
            Workshop.remove(copy);
        }
    }

    private static NodeKeys stolen(Path keys, Path copy, SecureRandom random) throws IOException {
        var target = Files.createDirectories(copy.resolve("keys"));
        try (var files = Files.list(keys)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return NodeKeys.open(copy, random);
    }

    /// What the witness cosigned last of the log.
    private static Checkpoint held(NodeClient witness, String origin) throws IOException {
        for (var peer : witness.get("api/peers").path("peers")) {
            if (!peer.path("origin").asString().equals(origin)) continue;
            var path = "witness/%s/checkpoint".formatted(peer.path("id").asString());
            return Checkpoint.parse(SignedNote.parse(witness.bytes(path)).text());
        }
        throw new IOException(origin + " is not witnessed");
    }

    private static int submit(HttpClient http, Platform witness, Bytes request)
            throws IOException, InterruptedException {
        var post =
                HttpRequest.newBuilder(witness.local().resolve("/witness/add-checkpoint"))
                        .POST(BodyPublishers.ofByteArray(request.toArray()))
                        .build();
        return http.send(post, BodyHandlers.discarding()).statusCode();
    }

    private static boolean isConvicted(NodeClient witness, LogVerifier log)
            throws IOException, InterruptedException {
        for (int i = 0; i < STEPS; i++) {
            for (var incident : witness.get("witness/evidence")) {
                if (!incident.path("log").asString().equals(log.name())) continue;
                var path = "witness/evidence/" + incident.path("id").asString();
                var evidence = Evidence.parse(SignedNote.parse(witness.bytes(path)));
                if (evidence.judge(log) instanceof Evidence.Verdict.Proven) return true;
            }
            Thread.sleep(STEP);
        }
        return false;
    }
}
