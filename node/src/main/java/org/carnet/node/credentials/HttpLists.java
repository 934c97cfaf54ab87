// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.client.Trust;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Status lists over HTTPS: from public addresses only, without redirects, within five seconds and two megabytes.
///
/// A credential names its list, so whoever can show a credential chooses what is asked for here. That must not become a way
/// into the network of this node: an address that is not public is refused, except loopback on a node that listens on
/// loopback itself.
final class HttpLists implements ListSource {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 2 << 20;

    private final HttpClient http;
    private final boolean loopback;

    /// @param loopback whether lists on this machine are read, also without TLS
    HttpLists(Trust trust, boolean loopback) {
        this.loopback = loopback;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(trust.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    @Override
    public Bytes fetch(URI list) throws IOException {
        requireReachable(list);
        var request =
                HttpRequest.newBuilder(list)
                        .timeout(PATIENCE)
                        .header("accept", "application/vc, application/json")
                        .build();
        try {
            var response =
                    http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
            if (response.statusCode() != 200)
                throw new IOException("the list is answered with " + response.statusCode());
            return Bytes.unsafe(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a status list was fetched");
        }
    }

    private void requireReachable(URI list) throws IOException {
        var host = list.getHost();
        if (host == null || list.getRawUserInfo() != null)
            throw new IOException("the address of the list names no host, or a user");
        boolean local = true;
        for (var address : InetAddress.getAllByName(host)) {
            if (address.isLoopbackAddress()) {
                if (!loopback) throw new IOException("the list is on this machine");
            } else {
                local = false;
                if (!isPublic(address)) throw new IOException("the list has no public address");
            }
        }
        boolean https = "https".equalsIgnoreCase(list.getScheme());
        boolean plain = "http".equalsIgnoreCase(list.getScheme()) && local;
        if (!https && !plain) throw new IOException("the list is not at an https URL");
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
