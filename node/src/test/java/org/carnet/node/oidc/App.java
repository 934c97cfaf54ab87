// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.jose.Jws;
import org.carnet.node.RunningNode;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A client of a node, written by hand so that it can do everything wrong.
final class App {
    static final String BACK = "https://arcadia.example/back";

    final RunningNode node;
    final String id;
    final @Nullable SigningKey key;
    SigningKey holder = SigningKey.generate(Algorithm.P256, new SecureRandom());
    final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();

    private App(RunningNode node, String id, @Nullable SigningKey key) {
        this.node = node;
        this.id = id;
        this.key = key;
    }

    /// Registers one that keeps a key.
    static App confidential(RunningNode node, String id, Map<String, ?> more) throws Exception {
        var key = SigningKey.generate(Algorithm.P256, new SecureRandom());
        var client = new HashMap<String, Object>(Map.of("id", id, "redirectUris", List.of(BACK)));
        client.put("keys", List.of(Jwk.members(key.did())));
        client.putAll(more);
        node.operator().post("api/clients", client);
        return new App(node, id, key);
    }

    /// Registers one that can keep nothing.
    static App open(RunningNode node, String id, Map<String, ?> more) throws Exception {
        var client = new HashMap<String, Object>(Map.of("id", id, "redirectUris", List.of(BACK)));
        client.putAll(more);
        node.operator().post("api/clients", client);
        return new App(node, id, null);
    }

    /// Registers one without screen and keys.
    static App watch(RunningNode node, String id) throws Exception {
        var more = Map.of("device", true, "redirectUris", List.of(), "scopes", List.of("carnet"));
        return open(node, id, more);
    }

    static String issuer(RunningNode node) {
        return node.at("").toString().replaceAll("/$", "");
    }

    /// What it asks for unless a test wants otherwise.
    Map<String, String> wish() {
        var all = new LinkedHashMap<String, String>();
        all.put("response_type", "code");
        all.put("client_id", id);
        all.put("redirect_uri", BACK);
        all.put("scope", "openid");
        all.put("state", "af0ifjsldkj");
        all.put("nonce", "n-0S6_WzA2Mj");
        all.put("code_challenge", DpopProofs.sha256(verifier));
        all.put("code_challenge_method", "S256");
        return all;
    }

    Map<String, String> wish(String... more) {
        var all = wish();
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        all.values().removeIf(String::isEmpty);
        return all;
    }

    static String address(Map<String, String> wish) {
        return "/oauth2/authorize?" + Visitor.encode(wish);
    }

    /// Pushes what it asks for, and says where to send the person.
    HttpResponse<String> push(Map<String, String> wish) throws Exception {
        return form("/oauth2/par", new LinkedHashMap<>(wish), null);
    }

    String pushed(Map<String, String> wish) throws Exception {
        var uri = Visitor.json(push(wish)).path("request_uri").asString();
        return address(Map.of("client_id", id, "request_uri", uri));
    }

    /// What it sends for a code.
    Map<String, String> exchange(String back) {
        var all = new LinkedHashMap<String, String>();
        all.put("grant_type", "authorization_code");
        all.put("client_id", id);
        all.put("code", Visitor.query(back).getOrDefault("code", ""));
        all.put("redirect_uri", BACK);
        all.put("code_verifier", verifier);
        return all;
    }

    /// What it sends to go on.
    Map<String, String> refresh(JsonNode tokens) {
        return Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                id,
                "refresh_token",
                tokens.path("refresh_token").asString());
    }

    /// Asks for a code to show.
    HttpResponse<String> show() throws Exception {
        return form(
                "/oauth2/device_authorization", Map.of("client_id", id, "scope", "carnet"), null);
    }

    /// What it sends to learn whether a person let it in.
    Map<String, String> poll(JsonNode shown) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                id,
                "device_code",
                shown.path("device_code").asString());
    }

    HttpResponse<String> token(Map<String, String> form) throws Exception {
        return form("/oauth2/token", form, proof("POST", "/oauth2/token", ""));
    }

    JsonNode tokens(Map<String, String> form) throws Exception {
        var answer = token(form);
        if (answer.statusCode() != 200) throw new AssertionError(answer.body());
        return Visitor.json(answer);
    }

    HttpResponse<String> form(String path, Map<String, String> form, @Nullable String proof)
            throws Exception {
        var all = new LinkedHashMap<>(form);
        if (key != null && !all.containsKey("client_assertion")) {
            all.put(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            all.put("client_assertion", assertion(key, node.at("").toString()));
        }
        var request =
                HttpRequest.newBuilder(node.at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Visitor.encode(all)));
        if (proof != null) request.header("DPoP", proof);
        return node.send(request);
    }

    String assertion(SigningKey by, String audience) {
        long now = Instant.now().getEpochSecond();
        var claims =
                Json.object()
                        .put("iss", id)
                        .put("sub", id)
                        .put("aud", audience.replaceAll("/$", ""))
                        .put("iat", now)
                        .put("exp", now + 60)
                        .put("jti", UUID.randomUUID().toString());
        return sign(Json.object().put("alg", "ES256"), claims, by);
    }

    String proof(String method, String path, String token) {
        var header = Json.object().put("typ", "dpop+jwt").put("alg", "ES256");
        var jwk = header.putObject("jwk");
        Jwk.members(holder.did()).forEach(jwk::put);
        var claims =
                Json.object()
                        .put("htm", method)
                        .put("htu", node.at(path).toString())
                        .put("iat", Instant.now().getEpochSecond())
                        .put("jti", UUID.randomUUID().toString());
        if (!token.isEmpty()) claims.put("ath", DpopProofs.sha256(token));
        return sign(header, claims, holder);
    }

    static String sign(ObjectNode header, ObjectNode claims, SigningKey key) {
        return Jws.sign(Json.text(header), Bytes.utf8(Json.text(claims)), key).toUtf8();
    }

    /// Asks the node something with a token, as it has to be done.
    HttpResponse<String> ask(String path, String token) throws Exception {
        return ask(path, "DPoP " + token, proof("GET", path, token));
    }

    HttpResponse<String> ask(String path, String authorization, @Nullable String proof)
            throws Exception {
        var request = HttpRequest.newBuilder(node.at(path)).header("Authorization", authorization);
        if (proof != null) request.header("DPoP", proof);
        return node.send(request);
    }

    static ObjectNode claims(JsonNode tokens, String name) {
        return SignedToken.parse(tokens.path(name).asString()).claims;
    }

    /// What is on the node's record of it.
    List<String> acts(String kind) throws Exception {
        return node.operator()
                .get("api/records?limit=500&kind=" + kind)
                .path("records")
                .valueStream()
                .map(record -> record.path("details"))
                .filter(act -> act.toString().contains(id))
                .map(act -> act.path("act").asString())
                .toList();
    }
}
