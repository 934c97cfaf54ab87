// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/// A log as it is published under a URL; believes nothing of what it gets.
final class PublishedLog implements TileReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// More than any bundle of a log of Carnet has.
    private static final int MAX_LENGTH = 1 << 20;

    private final URI log;
    private final HttpClient http;

    PublishedLog(URI log, HttpClient http) {
        this.log = log;
        this.http = http;
    }

    @Override
    public Bytes tile(Tile tile) throws IOException {
        try {
            return content(tile.path());
        } catch (NoSuchFileException gone) {
            if (tile.isFull()) throw gone;
            return Cut.tile(tile, content(tile.completed().path()));
        }
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        try {
            return content(EntryBundle.path(index, width));
        } catch (NoSuchFileException gone) {
            if (width == Tile.FULL_WIDTH) throw gone;
            return Cut.bundle(index, width, content(EntryBundle.path(index, Tile.FULL_WIDTH)));
        }
    }

    /// @throws NoSuchFileException if the log has no such file
    Bytes content(String path) throws IOException {
        var uri = URI.create(log + "/" + path);
        var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_LENGTH);
            var response = http.send(request, body);
            return switch (response.statusCode()) {
                case 200 -> Bytes.unsafe(response.body());
                case 404 -> throw new NoSuchFileException(path);
                default -> throw new IOException(uri + " answers " + response.statusCode());
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for " + uri, interrupted);
        }
    }
}
