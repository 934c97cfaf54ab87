// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.carnet.Bytes;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;
import org.carnet.credential.JoseCredential;
import org.carnet.credential.PlatformCertification;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.carnet.node.points.PlatformIdentity;
import org.carnet.node.web.BareServer;
import org.springframework.boot.tomcat.TomcatWebServer;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Nodes that publish their DIDs over TLS on one machine, believe one development authority, and one certifier of the test's.
public final class DidNodes {
    public final SigningKey certifier = SigningKey.generate(Algorithm.ED25519, new SecureRandom());

    private final Path home;

    private DidNodes(Path home) {
        this.home = home;
    }

    public static DidNodes in(Path home) throws IOException {
        // The first server that speaks TLS makes the authority.
        var authority = Map.of("tls.port", "0", "tls.authority", home.resolve("ca").toString());
        BareServer.start(home.resolve("first"), authority, List.of()).close();
        return new DidNodes(home);
    }

    public Trust trust() throws IOException {
        return Trust.authority(home.resolve("ca/authority.pem"));
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public RunningNode start(String name, Map<String, String> more) throws IOException {
        return start(name, freePort(), more);
    }

    public RunningNode start(String name, int port, Map<String, String> more) throws IOException {
        var settings = new HashMap<String, String>();
        settings.put("name", name);
        settings.put("tls.port", "" + port);
        settings.put("tls.authority", home.resolve("ca").toString());
        settings.put("witness.authority", home.resolve("ca/authority.pem").toString());
        settings.put("did.host", "localhost:" + port);
        settings.put("credentials.url", "https://localhost:" + port);
        settings.put("credentials.status-ttl", "PT1S");
        settings.put("certifiers.accepted", certifier.did().value());
        settings.putAll(more);
        return RunningNode.start(home.resolve(name), settings);
    }

    public static PlatformIdentity.Current self(RunningNode node) {
        return node.bean(PlatformIdentity.class).current();
    }

    /// A certification of the platform by somebody, which nobody can take back.
    public static String certified(String platform, SigningKey by) {
        var now = Instant.now();
        var certification =
                new PlatformCertification(
                        platform,
                        PlatformCertification.Level.HIGH,
                        List.of("crossing"),
                        now.minusSeconds(60),
                        now.plus(Duration.ofDays(1)));
        var credential = certification.unsigned(by.did().value());
        credential.put("id", "urn:uuid:" + UUID.nameUUIDFromBytes(Bytes.utf8(platform).toArray()));
        return JoseCredential.sign(credential, by.did().keyId(), by);
    }

    /// Has the node show that the certifier vouches for it.
    public void certify(RunningNode node) throws IOException {
        var jwt = certified(self(node).did(), certifier);
        node.operator().post("api/certifications/own", Map.of("certification", jwt));
    }

    /// What the node hears from others over HTTP from here on: the first line and every field of each request. Left out is
    /// what its own people ask, and what others tell of their logs, which grow whoever does something there.
    public static List<String> overhear(RunningNode node) {
        var heard = new CopyOnWriteArrayList<String>();
        var server = (TomcatWebServer) node.server();
        server.getTomcat()
                .getEngine()
                .getPipeline()
                .addValve(
                        new ValveBase(true) {
                            @Override
                            public void invoke(Request request, Response response)
                                    throws IOException, ServletException {
                                if (!request.getRequestURI().matches("/(api|witness)/.*"))
                                    heard.addAll(lines(request));
                                getNext().invoke(request, response);
                            }
                        });
        return heard;
    }

    private static List<String> lines(Request request) {
        var lines = new ArrayList<String>();
        lines.add(
                request.getMethod()
                        + " "
                        + request.getRequestURI()
                        + " "
                        + request.getQueryString());
        for (var name : Collections.list(request.getHeaderNames()))
            for (var value : Collections.list(request.getHeaders(name)))
                lines.add(name + ": " + value);
        return lines;
    }

    /// The identifier of an identity that an avatar gets at a platform.
    public static String identity(NodeClient owner, Map<String, Object> wish) throws IOException {
        return owner.post("api/identities", wish).path("id").asString();
    }
}
