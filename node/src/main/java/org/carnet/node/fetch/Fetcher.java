// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.fetch;

import org.carnet.Bytes;
import org.carnet.client.Trust;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Asks over HTTPS at public addresses only, without redirects, within five seconds and so many bytes.
///
/// A credential names its status list and a DID its host, so whoever can show one chooses what is asked for here. That must
/// not become a way into the network of this node: an address that is not public is refused, except loopback on a node that
/// listens on loopback itself.
public final class Fetcher {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http;
    private final boolean loopback;

    /// @param loopback whether this machine is asked too, also without TLS
    public Fetcher(Trust trust, boolean loopback) {
        this.loopback = loopback;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    /// What somebody answered, whatever it is.
    public record Answer(int status, Bytes body) {}

    /// What is at the address.
    ///
    /// @throws IOException if it cannot be had, or is longer than that
    public Bytes get(URI address, String accept, int longest) throws IOException {
        requireReachable(address);
        var request = HttpRequest.newBuilder(address).header("accept", accept).GET();
        var answer = send(request, longest);
        if (answer.status() != 200)
            throw new IOException("what is there is answered with " + answer.status());
        return answer.body();
    }

    /// Sends a body there, and waits for what is answered.
    ///
    /// @throws IOException if nobody answers, or with more than that
    public Answer post(URI address, Map<String, String> fields, Bytes body, int longest)
            throws IOException {
        requireReachable(address);
        var request =
                HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofByteArray(body.unsafeArray()));
        fields.forEach(request::header);
        return send(request, longest);
    }

    private Answer send(HttpRequest.Builder request, int longest) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.timeout(PATIENCE).build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), longest));
            return new Answer(response.statusCode(), Bytes.unsafe(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while somebody was asked");
        }
    }

    private void requireReachable(URI address) throws IOException {
        var host = address.getHost();
        if (host == null || address.getRawUserInfo() != null)
            throw new IOException("the address names no host, or a user");
        boolean local = true;
        for (var resolved : InetAddress.getAllByName(host)) {
            if (resolved.isLoopbackAddress()) {
                if (!loopback) throw new IOException("the address is on this machine");
            } else {
                local = false;
                if (!isPublic(resolved)) throw new IOException("the address is not public");
            }
        }
        boolean https = "https".equalsIgnoreCase(address.getScheme());
        boolean plain = "http".equalsIgnoreCase(address.getScheme()) && local;
        if (!https && !plain) throw new IOException("the address is no https URL");
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || address.isLoopbackAddress()) return false;
        var bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (bytes.length == 4) return first != 0 && !(first == 100 && (second & 0xc0) == 64);
        // fc00::/7 is private, and 64:ff9b::/96 leads to any address of the older kind.
        return (first & 0xfe) != 0xfc && !(first == 0 && second == 0x64);
    }
}
