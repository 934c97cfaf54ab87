// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.platforms;

import static java.util.Objects.requireNonNull;

import org.carnet.Bytes;
import org.carnet.did.DidHistory;
import org.carnet.did.DidWebvh;
import org.carnet.did.HistoryReader;
import org.carnet.did.HistoryRefused;
import org.carnet.did.HistoryWriter;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.node.files.WholeFile;
import org.carnet.node.points.PlatformIdentity;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The did:webvh of this node: its history, the key that signs, and the next one, which nobody has seen yet.
///
/// All three are one file, `keys/platform.json`, so that a crash leaves the old state or the new:
///
/// ```json
/// {"key": {private JWK}, "next": {private JWK}, "history": "did.jsonl"}
/// ```
final class OwnDid implements PlatformIdentity {
    private final Path file;
    private final SecureRandom random;
    private final InstantSource clock;
    private volatile State state;

    /// @param next committed to in the history
    private record State(SigningKey key, SigningKey next, DidHistory history, Bytes log) {}

    private OwnDid(Path file, SecureRandom random, InstantSource clock, State state) {
        this.file = file;
        this.random = random;
        this.clock = clock;
        this.state = state;
    }

    /// The DID of this node at that host; made at the first start.
    ///
    /// @param host with a colon and the port, if it is not the usual one
    /// @throws IOException with one sentence that says why there is none
    static OwnDid open(Path keys, String host, SecureRandom random, InstantSource clock)
            throws IOException {
        var file = keys.resolve("platform.json");
        var location = host.replace(":", "%3A");
        if (Files.notExists(file)) {
            WholeFile.createSecretDirectory(keys);
            create(file, location, random, clock);
        }
        try {
            var json = Json.object(Bytes.utf8(Files.readString(file)));
            var log = Bytes.utf8(json.path("history").asString(""));
            var history = read(log, clock);
            if (!history.did().location().equals(location))
                throw new IOException(
                        "this node's DID is %s: did.host cannot be %s, since a DID does not move"
                                .formatted(history.did(), host));
            var state = new State(key(json, "key"), key(json, "next"), history, log);
            return new OwnDid(file, random, clock, state);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold the DID of a node: " + e.getMessage(), e);
        }
    }

    private static void create(Path file, String location, SecureRandom random, InstantSource clock)
            throws IOException {
        var key = SigningKey.generate(Algorithm.ED25519, random);
        var next = SigningKey.generate(Algorithm.ED25519, random);
        WholeFile.createSecretDirectory(requireNonNull(file.toAbsolutePath().getParent()));
        try {
            write(
                    file,
                    key,
                    next,
                    HistoryWriter.create(location, key, next.did(), clock.instant()));
        } catch (IllegalArgumentException e) {
            throw new IOException("did.host is refused: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, SigningKey key, SigningKey next, Bytes log)
            throws IOException {
        var json = Json.object();
        json.set("key", Json.tree(Bytes.utf8(KeyFile.write(key))));
        json.set("next", Json.tree(Bytes.utf8(KeyFile.write(next))));
        json.put("history", log.toUtf8());
        WholeFile.writeSecret(file, Json.text(json));
    }

    private static SigningKey key(ObjectNode json, String name) {
        return KeyFile.read(json.path(name).toString());
    }

    /// Reads the history as others will: what they would refuse is refused here.
    private static DidHistory read(Bytes log, InstantSource clock) {
        var first = Json.object(Bytes.utf8(log.toUtf8().lines().findFirst().orElse("")));
        var did = DidWebvh.parse(first.path("state").path("id").asString(""));
        return switch (HistoryReader.read(did, log, null, clock.instant())) {
            case HistoryRefused(var flaw, var why) -> throw new IllegalArgumentException(why);
            case DidHistory history -> history;
        };
    }

    @Override
    public Current current() {
        var now = state;
        var did = now.history().did();
        return new Current(did.value(), HistoryWriter.keyId(did, now.key().did()), now.key());
    }

    DidHistory history() {
        return state.history();
    }

    /// The file that everybody reads, `did.jsonl`.
    Bytes log() {
        return state.log();
    }

    /// The key that a rotation would put in force.
    DidKey next() {
        return state.next().did();
    }

    /// The committed key takes over; what the earlier ones signed stays good.
    synchronized void rotate() throws IOException {
        var before = state;
        var next = SigningKey.generate(Algorithm.ED25519, random);
        var line =
                HistoryWriter.rotate(
                        before.history(),
                        before.next(),
                        next.did(),
                        keys(before.history()),
                        clock.instant());
        var log = Bytes.utf8(before.log().toUtf8() + line.toUtf8());
        var after = new State(before.next(), next, read(log, clock), log);
        write(file, after.key(), next, log);
        state = after;
    }

    /// Every key that ever signed for the DID.
    private static List<DidKey> keys(DidHistory history) {
        var keys = new ArrayList<DidKey>();
        for (var method : history.latest().state().path("verificationMethod"))
            keys.add(DidKey.parse("did:key:" + method.path("publicKeyMultibase").asString("")));
        return keys;
    }
}
