// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// An OpenID Provider that does as a test wants, honest until it is told otherwise.
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "https://arcadia.example";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final ECKey key = ec();
    final RSAKey rsa = rsa();
    final SigningKey edwards = SigningKey.generate(Algorithm.ED25519, new SecureRandom());

    /// What discovery says besides the usual.
    final ObjectNode metadata = Json.object();

    /// What was asked of the token endpoint and the endpoint for pushed requests, parameters of the form.
    final List<Map<String, String>> asked = new ArrayList<>();

    UnaryOperator<ObjectNode> claims = UnaryOperator.identity();
    BiFunction<FakeProvider, ObjectNode, String> signature = FakeProvider::es256;

    private final Map<String, Map<String, String>> requests = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> codes = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> redeemed = new ConcurrentHashMap<>();
    private final HttpServer server;

    private FakeProvider(HttpServer server) {
        this.server = server;
    }

    static FakeProvider start() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var provider = new FakeProvider(server);
        server.createContext("/", provider::serve);
        server.start();
        return provider;
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var form =
                query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (exchange.getRequestMethod().equals("POST")) asked.add(form);
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" -> answer(exchange, 200, discovery());
            case "/jwks" -> answer(exchange, 200, keys());
            case "/par" -> answer(exchange, 201, push(form));
            case "/token" -> token(exchange, form);
            default -> answer(exchange, 404, Json.object());
        }
    }

    private ObjectNode discovery() {
        var said =
                Json.object()
                        .put("issuer", issuer())
                        .put("authorization_endpoint", issuer() + "/authorize")
                        .put("token_endpoint", issuer() + "/token")
                        .put("pushed_authorization_request_endpoint", issuer() + "/par")
                        .put("jwks_uri", issuer() + "/jwks")
                        .put("authorization_response_iss_parameter_supported", true);
        said.putArray("response_types_supported").add("code");
        said.putArray("subject_types_supported").add("pairwise");
        said.putArray("id_token_signing_alg_values_supported")
                .add("ES256")
                .add("RS256")
                .add("PS256")
                .add("EdDSA");
        said.setAll(metadata);
        metadata.forEachEntry(
                (name, value) -> {
                    if (value.isNull()) said.remove(name);
                });
        return said;
    }

    private ObjectNode keys() {
        var set = Json.object(Bytes.utf8(new JWKSet(List.<JWK>of(key, rsa)).toString()));
        var one = set.withArray("keys").addObject().put("kid", "edwards").put("use", "sig");
        Jwk.members(edwards.did()).forEach(one::put);
        return set;
    }

    private ObjectNode push(Map<String, String> form) {
        var reference = "urn:ietf:params:oauth:request_uri:" + NUMBER.incrementAndGet();
        requests.put(reference, form);
        return Json.object().put("request_uri", reference).put("expires_in", 60);
    }

    /// What the node asked for when it sent a browser to this address.
    Map<String, String> request(URI authorization) {
        var query = query(authorization.getRawQuery());
        return requests.getOrDefault(query.getOrDefault("request_uri", ""), query);
    }

    /// Signs somebody in who came with this address, and says where they go back to.
    URI approve(URI authorization, String subject) {
        var request = request(authorization);
        var code = "code-" + NUMBER.incrementAndGet();
        codes.put(code, claims(request, subject));
        redeemed.put(code, request);
        return URI.create(
                request.get("redirect_uri")
                        + "?code="
                        + code
                        + "&state="
                        + request.get("state")
                        + "&iss="
                        + URLEncoder.encode(issuer(), StandardCharsets.UTF_8));
    }

    private ObjectNode claims(Map<String, String> request, String subject) {
        long now = Instant.now().getEpochSecond();
        var honest =
                Json.object()
                        .put("iss", issuer())
                        .put("sub", subject)
                        .put("aud", request.get("client_id"))
                        .put("iat", now)
                        .put("exp", now + 300)
                        .put("auth_time", now)
                        .put("nonce", request.get("nonce"));
        honest.putArray("amr").add("hwk").add("user").add("mfa");
        return honest;
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        var code = form.getOrDefault("code", "");
        var said = codes.remove(code);
        var request = redeemed.get(code);
        if (said == null || request == null || !isOfWhoAsked(form, request)) {
            answer(exchange, 400, Json.object().put("error", "invalid_grant"));
            return;
        }
        answer(
                exchange,
                200,
                Json.object()
                        .put("access_token", "nothing")
                        .put("token_type", "Bearer")
                        .put("expires_in", 60)
                        .put("id_token", signature.apply(this, claims.apply(said))));
    }

    private static boolean isOfWhoAsked(Map<String, String> form, Map<String, String> request) {
        return sha256(form.getOrDefault("code_verifier", "")).equals(request.get("code_challenge"))
                && Objects.equals(request.get("redirect_uri"), form.get("redirect_uri"));
    }

    String es256(ObjectNode claims) {
        return sign(JWSAlgorithm.ES256, key.getKeyID(), signer(key), claims);
    }

    String rsa(JWSAlgorithm algorithm, ObjectNode claims) {
        try {
            return sign(algorithm, rsa.getKeyID(), new RSASSASigner(rsa), claims);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String edwards(ObjectNode claims) {
        var header = "{\"alg\":\"EdDSA\",\"kid\":\"edwards\"}";
        return Jws.sign(header, Bytes.utf8(Json.text(claims)), edwards).toUtf8();
    }

    static String sign(JWSAlgorithm algorithm, String kid, JWSSigner signer, ObjectNode claims) {
        return sign(algorithm, kid, signer, Json.text(claims));
    }

    static String sign(JWSAlgorithm algorithm, String kid, JWSSigner signer, String claims) {
        var header = new JWSHeader.Builder(algorithm).keyID(kid).build();
        var object = new JWSObject(header, new Payload(claims));
        try {
            object.sign(signer);
            return object.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> query(String text) {
        var parameters = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length < 2) continue;
            parameters.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(hash.digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toBase64Url();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode json)
            throws IOException {
        var body = Json.text(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
