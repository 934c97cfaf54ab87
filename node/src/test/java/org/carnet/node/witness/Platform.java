// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.log.AddCheckpoint;
import org.carnet.log.LogVerifier;
import org.carnet.log.SignedNote;
import org.carnet.log.Tile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Another platform without a network between: its log, its witness, and the ways in which it can fail.
final class Platform implements Link {
    final String origin;
    final Map<String, LogVerifier> trusts = new ConcurrentHashMap<>();
    private final InstantSource clock;
    volatile SampleLog log;
    volatile Witness witness;
    volatile boolean down;
    volatile UnaryOperator<Reply> tamper = reply -> reply;

    Platform(String origin, Path directory, InstantSource clock) {
        this.origin = origin;
        this.clock = clock;
        log = SampleLog.of(origin, clock);
        witness = witness(directory);
    }

    /// Starts its witness again on what this directory holds.
    Witness witness(Path directory) {
        var cosigner = SampleLog.cosigner(Peer.witnessName(origin));
        return new Witness(
                new WitnessFiles(directory, cosigner.verifiers()),
                cosigner,
                name -> Optional.ofNullable(trusts.get(name)),
                suspect -> {},
                name -> false,
                clock);
    }

    Peer peer() {
        return new Peer(
                java.net.URI.create("https://" + origin),
                log.keys(),
                SampleLog.cosigner(Peer.witnessName(origin)).verifiers(),
                Optional.empty(),
                Peer.Source.SETTINGS,
                Instant.EPOCH);
    }

    @Override
    public Bytes get(String path) throws IOException {
        if (down) throw new IOException(origin + " does not answer");
        if (path.equals("checkpoint")) return log.checkpoint().encode();
        if (path.equals("log.vkey")) return log.keys().encode();
        var hash = path.replaceAll("witness/(.*)/checkpoint", "$1");
        return witness.latestByHash(hash).orElseThrow(() -> new NoSuchFileException(path)).encode();
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        if (down) throw new IOException(origin + " does not answer");
        return log.tile(tile);
    }

    @Override
    public Reply post(String path, Bytes body, String... headers) throws IOException {
        if (down) throw new IOException(origin + " does not answer");
        return tamper.apply(
                switch (witness.add(AddCheckpoint.parse(body))) {
                    case Witness.Answer.Cosigned cosigned ->
                            new Reply(
                                    200,
                                    Bytes.utf8(
                                            cosigned.signatures().stream()
                                                    .map(SignedNote.Signature::line)
                                                    .collect(Collectors.joining("\n", "", "\n"))));
                    case Witness.Answer.OtherSize other ->
                            new Reply(409, Bytes.utf8(other.size() + "\n"));
                    case Witness.Answer.Malformed _ -> new Reply(400, Bytes.utf8(""));
                    case Witness.Answer.NotTrusted _ -> new Reply(403, Bytes.utf8(""));
                    case Witness.Answer.UnknownLog _ -> new Reply(404, Bytes.utf8(""));
                    case Witness.Answer.Inconsistent _ -> new Reply(422, Bytes.utf8(""));
                });
    }
}
