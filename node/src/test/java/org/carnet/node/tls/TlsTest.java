// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.node.web.BareServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

final class TlsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir Path data;

    @Test
    void whoTrustsTheAuthorityIsServedOverTls13BesidePlainLoopback() throws Exception {
        try (var server = BareServer.start(data, Map.of("tls.port", "0"), List.of())) {
            int port = server.ports().of("tls").getAsInt();
            for (var host : List.of("localhost", "127.0.0.1")) {
                assertThat(ask(client("TLSv1.3"), host, port).statusCode()).isEqualTo(404);
            }
            assertThat(
                            ask(client("TLSv1.3"), "localhost", port)
                                    .sslSession()
                                    .orElseThrow()
                                    .getProtocol())
                    .isEqualTo("TLSv1.3");
            assertThat(server.asStranger("/problems/none").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aClientThatKnowsOnlyTls12IsRefused() throws Exception {
        try (var server = BareServer.start(data, Map.of("tls.port", "0"), List.of())) {
            int port = server.ports().of("tls").getAsInt();
            assertThatThrownBy(() -> ask(client("TLSv1.2"), "localhost", port))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("protocol_version");
        }
    }

    @Test
    void whoDoesNotTrustTheAuthorityIsNotTalkedInto() throws Exception {
        try (var server = BareServer.start(data, Map.of("tls.port", "0"), List.of())) {
            int port = server.ports().of("tls").getAsInt();
            assertThatThrownBy(() -> ask(HttpClient.newHttpClient(), "localhost", port))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void beyondLoopbackNothingIsServedInPlain() throws Exception {
        var everywhere = Map.of("http.address", "0.0.0.0", "tls.port", "0");
        try (var server = BareServer.start(data, everywhere, List.of())) {
            assertThat(server.ports().of("http")).isEmpty();
            int port = server.ports().of("tls").getAsInt();
            assertThat(ask(client("TLSv1.3"), "localhost", port).statusCode()).isEqualTo(404);
            var plain = URI.create("http://127.0.0.1:" + port + "/problems/none");
            var answer =
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void theOperatorsCertificateIsServed() throws Exception {
        var chain = operatorsIdentity();
        var settings =
                Map.of(
                        "tls.port",
                        "0",
                        "tls.certificate",
                        chain.toString(),
                        "tls.key",
                        data.resolve("server.key").toString());
        try (var server = BareServer.start(data, settings, List.of())) {
            var session =
                    ask(client("TLSv1.3"), "localhost", server.ports().of("tls").getAsInt())
                            .sslSession();
            assertThat(session.orElseThrow().getPeerCertificates()[0])
                    .isEqualTo(Pem.certificates(chain).getFirst());
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsNamed() throws Exception {
        var chain = operatorsIdentity();
        var foreign =
                Files.writeString(
                        data.resolve("foreign.key"),
                        Files.readString(data.resolve("authority/authority.key")));
        assertThatThrownBy(() -> ServerIdentity.read(chain, foreign))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("foreign.key is not the key of");
        var empty = Files.writeString(data.resolve("empty.pem"), "");
        assertThatThrownBy(() -> ServerIdentity.read(empty, foreign))
                .hasMessageContaining("empty.pem holds no certificate");
        assertThatThrownBy(() -> ServerIdentity.read(chain, empty))
                .hasMessageContaining("empty.pem holds no private key");
    }

    @Test
    void nodesThatStartAtOnceCreateOneAuthorityWhoseKeyIsSecret() throws Exception {
        var directory = data.resolve("shared");
        Callable<String> start =
                () ->
                        DevelopmentAuthority.open(directory, NOW)
                                        .issue(List.of("localhost"), List.of(), NOW)
                                        .certificate()
                                        .getIssuerX500Principal()
                                + Files.readString(directory.resolve("authority.pem"));
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var authorities =
                    nodes.invokeAll(Stream.generate(() -> start).limit(8).toList()).stream()
                            .map(java.util.concurrent.Future::resultNow)
                            .distinct();
            assertThat(authorities).hasSize(1);
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("authority.key"))))
                .isEqualTo("rw-------");
    }

    private Path operatorsIdentity() throws Exception {
        var issued =
                DevelopmentAuthority.open(data.resolve("authority"), Instant.now())
                        .issue(List.of("localhost"), List.of("127.0.0.1"), Instant.now());
        Files.writeString(
                data.resolve("server.key"),
                Pem.of((PrivateKey) issued.keyStore().getKey("node", new char[0])));
        return Files.writeString(data.resolve("server.pem"), Pem.of(issued.certificate()));
    }

    private HttpClient client(String protocol) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "authority", Pem.certificates(data.resolve("authority/authority.pem")).getFirst());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
    }

    private static HttpResponse<String> ask(HttpClient client, String host, int port)
            throws Exception {
        var page = URI.create("https://" + host + ":" + port + "/problems/none");
        return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    }
}
