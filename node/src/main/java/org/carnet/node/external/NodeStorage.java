// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.external;

import org.carnet.Bytes;
import org.carnet.envelope.GatewayProof;
import org.carnet.identity.SigningKey;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

/// Another Carnet node, which keeps objects for whom its operator lets (docs/wire/backup.md).
///
/// Each request proves with a fresh [GatewayProof] who asks. Nothing else is called than `/hosted` below the address.
public final class NodeStorage implements ExternalStorage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final String host;
    private final URI hosted;
    private final SigningKey identity;
    private final HttpClient http;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param host the name of the other node, which the proofs are made out to
    /// @param address such as `https://storehouse.example:8443`
    /// @param identity whom the other node lets keep objects there
    public NodeStorage(
            String host,
            URI address,
            SSLContext trust,
            SigningKey identity,
            InstantSource clock,
            SecureRandom random) {
        this.host = host;
        this.hosted = URI.create(address.toString().replaceAll("/+$", "") + "/hosted/");
        this.identity = identity;
        this.clock = clock;
        this.random = random;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    @Override
    public void put(String name, Bytes content) throws IOException {
        ExternalStorage.require(name, content.length());
        var request =
                request(name)
                        .header("content-type", "application/octet-stream")
                        .PUT(BodyPublishers.ofByteArray(content.unsafeArray()));
        requireDone(name, send(request));
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        ExternalStorage.require(name, 0);
        var response = send(request(name).GET());
        if (response.statusCode() == NOT_FOUND) return Optional.empty();
        requireDone(name, response);
        return Optional.of(Bytes.unsafe(response.body()));
    }

    @Override
    public List<Stored> list() throws IOException {
        var response = send(request("").GET());
        requireDone("the list", response);
        try {
            var stored = new ArrayList<Stored>();
            for (var one : JsonMapper.shared().readTree(response.body())) {
                var object = new Stored(one.path("name").asString(), one.path("bytes").asLong());
                ExternalStorage.require(object.name(), object.bytes());
                stored.add(object);
            }
            return stored;
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new IOException(place() + " does not list what it keeps", malformed);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        ExternalStorage.require(name, 0);
        requireDone(name, send(request(name).DELETE()));
    }

    @Override
    public String place() {
        return "node " + host + " at " + hosted.resolve("/");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String name) {
        var id = new byte[16];
        random.nextBytes(id);
        var proof =
                GatewayProof.create(
                        identity, host, clock.instant(), Bytes.unsafe(id).toBase64Url());
        return HttpRequest.newBuilder(hosted.resolve(name))
                .timeout(PATIENCE)
                .header("authorization", "DID " + proof);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(
                    request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + place());
        }
    }

    private void requireDone(String what, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status < 300) return;
        throw new IOException(
                "%s answers %d for %s%s".formatted(place(), status, what, detail(response.body())));
    }

    private static String detail(byte[] problem) {
        try {
            var detail = JsonMapper.shared().readTree(problem).path("detail").asString("");
            return detail.isEmpty() ? "" : ": " + detail;
        } catch (JacksonException somethingElse) {
            return "";
        }
    }
}
