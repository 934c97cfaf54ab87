// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;

import org.carnet.client.Trust;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// What this node asks of one provider: over HTTPS, without redirects, within five seconds and 256 kB, a few at a time.
///
/// Only a provider on this machine may be asked without TLS, and only it may name addresses on this machine.
final class ProviderCalls implements HTTPRequestSender, ResourceRetriever {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 256 << 10;
    private static final int AT_ONCE = 16;

    private final HttpClient http;
    private final boolean local;
    private final Semaphore places = new Semaphore(AT_ONCE);

    ProviderCalls(URI issuer, Trust trust) {
        this.local = isLocal(issuer);
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        var body = request.getBody();
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var sent = HttpRequest.newBuilder(request.getURI());
        sent.method(request.getMethod().name(), publisher);
        request.getHeaderMap()
                .forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        var answer = send(sent);
        var told = new HTTPResponse(answer.statusCode());
        answer.headers()
                .map()
                .forEach((name, values) -> told.setHeader(name, values.toArray(String[]::new)));
        told.setBody(answer.body());
        return told;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return new Resource(get(URI.create(url.toString())), "application/json");
    }

    /// The document at the address.
    ///
    /// @throws IOException also if it is answered with another status than 200
    String get(URI address) throws IOException {
        var answer = send(HttpRequest.newBuilder(address).header("accept", "application/json"));
        if (answer.statusCode() != 200) {
            throw new IOException("the provider answers with " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder prepared) throws IOException {
        var request = prepared.timeout(PATIENCE).build();
        requireAllowed(request.uri());
        if (!places.tryAcquire()) throw new IOException("the provider is asked too much already");
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a provider was asked");
        } finally {
            places.release();
        }
    }

    private void requireAllowed(URI address) throws IOException {
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            throw new IOException("the provider names an address without a host, or with a user");
        }
        boolean here = isLocal(address);
        if (here && !local) throw new IOException("the provider names an address on this machine");
        if (!"https".equals(address.getScheme()) && !(here && "http".equals(address.getScheme()))) {
            throw new IOException("the provider names an address that is not https");
        }
    }

    /// Whether the address is on this machine; a name that cannot be resolved is not.
    private static boolean isLocal(URI address) {
        try {
            return InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (IOException unknown) {
            return false;
        }
    }
}
