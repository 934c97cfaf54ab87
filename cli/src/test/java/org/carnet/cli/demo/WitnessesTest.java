// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.Cosigner;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.SignedNote;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class WitnessesTest {
    private static final Instant NOW = Instant.parse("2025-11-20T00:00:00Z");
    private static final String ORIGIN = "carnet.local/pulse";

    private final List<HttpServer> servers = new ArrayList<>();
    private final Cosigner agora = cosigner("carnet.local/agora/witness");
    private final Cosigner arcadia = cosigner("carnet.local/arcadia/witness");
    private final LogSigner log = new LogSigner(key(ORIGIN), cosigner(ORIGIN));
    private final Map<String, Bytes> published = new HashMap<>();

    private NodeClient pulse;
    private Witnesses witnesses;

    @BeforeEach
    void connect() throws IOException {
        published.put("/log.vkey", log.verifier().encode());
        pulse = serve(published);
        witnesses =
                Witnesses.all(pulse, Map.of("agora", witness(agora), "arcadia", witness(arcadia)));
    }

    @AfterEach
    void stop() {
        pulse.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aLogIsWitnessedAsFarAsAllOfThemHaveCosignedOneCheckpoint() throws IOException {
        assertThat(witnesses.witnessed(pulse)).isZero();
        var note = signed(log, 7);
        publish(note.with(agora.cosign(checkpoint(note), note, NOW)));
        assertThat(witnesses.witnessed(pulse)).isZero();

        publish(cosigned(note));
        assertThat(witnesses.witnessed(pulse)).isEqualTo(7);
    }

    @Test
    void eachWitnessMustSignWithBothOfItsKeys() {
        var note = signed(log, 7);
        var whole = cosigned(note);
        for (int line = 0; line < whole.signatures().size(); line++) {
            if (whole.signatures().get(line).name().equals(ORIGIN)) continue;
            var signatures = new ArrayList<>(whole.signatures());
            signatures.remove(line);
            var less = new SignedNote(note.text(), signatures);
            assertThat(witnesses.witnessed(less.encode())).as("without line " + line).isZero();
        }
    }

    @Test
    void whatTheLogItselfHasNotSignedCountsForNothing() {
        var thief = new LogSigner(key("thief"), new Cosigner(ORIGIN, key("thief"), mlDsa("thief")));
        assertThat(witnesses.witnessed(cosigned(signed(thief, 7)).encode())).isZero();
    }

    private SignedNote cosigned(SignedNote note) {
        return note.with(agora.cosign(checkpoint(note), note, NOW))
                .with(arcadia.cosign(checkpoint(note), note, NOW));
    }

    private static SignedNote signed(LogSigner signer, long size) {
        return signer.sign(size, MerkleHash.leaf(Bytes.utf8("root")), NOW);
    }

    private static Checkpoint checkpoint(SignedNote note) {
        return Checkpoint.parse(note.text());
    }

    private void publish(SignedNote note) {
        published.put("/checkpoint.witnessed", note.encode());
    }

    private NodeClient witness(Cosigner cosigner) throws IOException {
        return serve(Map.of("/witness.vkey", new LogVerifier(cosigner.verifiers()).encode()));
    }

    private NodeClient serve(Map<String, Bytes> files) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var content = files.get(exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(
                            content == null ? 404 : 200, content == null ? -1 : content.length());
                    if (content != null) exchange.getResponseBody().write(content.toArray());
                    exchange.close();
                });
        server.start();
        servers.add(server);
        return NodeClient.open(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Trust.usual());
    }

    private static Cosigner cosigner(String name) {
        return new Cosigner(name, key(name), mlDsa(name));
    }

    private static SigningKey key(String seed) {
        return SigningKey.of(Algorithm.ED25519, MerkleHash.leaf(Bytes.utf8(seed)).bytes());
    }

    private static MlDsaSigningKey mlDsa(String seed) {
        return MlDsaSigningKey.of(MerkleHash.leaf(Bytes.utf8("ML-DSA " + seed)).bytes());
    }
}
