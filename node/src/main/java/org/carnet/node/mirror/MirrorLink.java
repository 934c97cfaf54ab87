// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import javax.net.ssl.SSLContext;

/// The way to one mirror over HTTP. Nothing else is called than what lies below `/mirror/` of its address.
final class MirrorLink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 64 << 20;

    private final URI prefix;
    private final HttpClient http;

    /// An answer, whatever its status.
    record Reply(int status, Bytes body) {
        String text() {
            return body.toUtf8();
        }
    }

    /// @param address such as `https://storehouse.example:8443`
    MirrorLink(URI address, SSLContext trust) {
        this.prefix = URI.create(address.toString().replaceAll("/+$", "") + "/mirror/");
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    URI prefix() {
        return prefix;
    }

    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(prefix.resolve(path)).GET());
    }

    Reply post(String path, Bytes body) throws IOException {
        return send(
                HttpRequest.newBuilder(prefix.resolve(path))
                        .header("content-type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(body.unsafeArray())));
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            var response =
                    http.send(
                            request.timeout(PATIENCE).build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            return new Reply(response.statusCode(), Bytes.unsafe(response.body()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + prefix);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
