// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/// A log as it is published under a URL; believes nothing of what it gets.
///
/// A log may compress its files whether it was asked to or not (tlog-tiles); what comes out of it is bounded, too.
final class PublishedLog implements LogSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final URI log;
    private final HttpClient http;

    PublishedLog(URI log, HttpClient http) {
        this.log = log;
        this.http = http;
    }

    @Override
    public Bytes content(String path) throws IOException {
        var uri = URI.create(log + "/" + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Accept-Encoding", "gzip, identity")
                        .build();
        try {
            var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST);
            var response = http.send(request, body);
            return switch (response.statusCode()) {
                case 200 -> decoded(uri, response);
                case NOT_FOUND, GONE -> throw new NoSuchFileException(path);
                default -> throw new IOException(uri + " answers " + response.statusCode());
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for " + uri, interrupted);
        }
    }

    private static Bytes decoded(URI uri, HttpResponse<byte[]> response) throws IOException {
        var encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        return switch (encoding) {
            case "identity" -> Bytes.unsafe(response.body());
            case "gzip" -> {
                try (var zipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
                    var content = zipped.readNBytes(LONGEST + 1);
                    if (content.length > LONGEST) throw new IOException(uri + " has no end");
                    yield Bytes.unsafe(content);
                }
            }
            default -> throw new IOException(uri + " is encoded as " + encoding);
        };
    }
}
