// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The way over HTTP: bounded in time and in bytes, without redirects, cookies or credentials of any kind.
final class HttpLink implements Link {
    private static final int MOST_BYTES = 1 << 20;

    private final URI platform;
    private final HttpClient http;
    private final Duration patience;

    /// @param platform without a slash at its end
    HttpLink(URI platform, HttpClient http, Duration patience) {
        this.platform = platform;
        this.http = http;
        this.patience = patience;
    }

    @Override
    public Bytes get(String path) throws IOException {
        var response = send(HttpRequest.newBuilder(at(path)));
        return switch (response.statusCode()) {
            case 200 -> Bytes.unsafe(response.body());
            case 404 -> throw new NoSuchFileException(path);
            default -> throw new IOException(at(path) + " answers " + response.statusCode());
        };
    }

    @Override
    public Reply post(String path, Bytes body, String... headers) throws IOException {
        var request =
                HttpRequest.newBuilder(at(path))
                        .POST(BodyPublishers.ofByteArray(body.unsafeArray()));
        if (headers.length > 0) request.headers(headers);
        var response = send(request);
        return new Reply(response.statusCode(), Bytes.unsafe(response.body()));
    }

    private URI at(String path) {
        return URI.create(platform + "/" + path);
    }

    /// The time is for the whole answer: a platform that sends one byte a minute is as good as away.
    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        var answer =
                http.sendAsync(
                        request.build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new IOException(platform + " does not answer in " + patience, slow);
        } catch (ExecutionException failure) {
            throw new IOException(platform + " cannot be reached", failure.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + platform);
        }
    }
}
