// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.web3j.protocol.Service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Carries web3j's questions to the one endpoint that the operator named, over the client that Java has.
///
/// Answers are bounded in time and length, and redirects are not followed. The path of an endpoint is often the secret
/// of a customer: no message says more of it than its host.
final class JsonRpc extends Service {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_LENGTH = 4 << 20;

    private final URI endpoint;
    private final HttpClient http;

    JsonRpc(URI endpoint, HttpClient http) {
        super(false);
        this.endpoint = endpoint;
        this.http = http;
    }

    @Override
    protected InputStream performIO(String question) throws IOException {
        var request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question))
                        .build();
        try {
            var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_LENGTH);
            var response = http.send(request, body);
            if (response.statusCode() != 200) {
                throw new ChainFailure(
                        "the chain's node at %s answers %d"
                                .formatted(place(), response.statusCode()));
            }
            return new ByteArrayInputStream(response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChainFailure("interrupted while asking the chain's node at " + place());
        } catch (ChainFailure failure) {
            throw failure;
        } catch (IOException unreachable) {
            throw new ChainFailure(
                    "the chain's node at %s does not answer (%s)"
                            .formatted(place(), unreachable.getClass().getSimpleName()));
        }
    }

    @Override
    public void close() {
        // The client is its owner's.
    }

    private String place() {
        return endpoint.getPort() < 0
                ? endpoint.getHost()
                : endpoint.getHost() + ":" + endpoint.getPort();
    }
}
