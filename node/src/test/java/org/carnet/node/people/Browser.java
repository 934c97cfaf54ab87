// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.Bytes;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What a browser does for a page: keeps cookies, says where the page is from, and sends what the page was told to.
final class Browser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final PeopleServer server;
    final Map<String, String> cookies = new HashMap<>();
    String origin;
    String csrf = "";
    @Nullable String bearer;

    Browser(PeopleServer server) {
        this.server = server;
        this.origin = server.origin();
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(server.at(path)));
    }

    HttpResponse<String> post(String path, JsonNode body) throws Exception {
        return send("POST", path, body);
    }

    HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        return post(path, JSON.<JsonNode>valueToTree(body));
    }

    HttpResponse<String> put(String path, Map<String, ?> body) throws Exception {
        return send("PUT", path, JSON.valueToTree(body));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(HttpRequest.newBuilder(server.at(path)).DELETE());
    }

    private HttpResponse<String> send(String verb, String path, JsonNode body) throws Exception {
        return send(
                HttpRequest.newBuilder(server.at(path))
                        .header("Content-Type", "application/json")
                        .method(verb, BodyPublishers.ofString(body.toString())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        request.header("Origin", origin);
        if (!csrf.isEmpty()) request.header(SessionAuthenticator.HEADER, csrf);
        if (bearer != null) request.header("Authorization", "Bearer " + bearer);
        if (!cookies.isEmpty()) request.header("Cookie", cookieHeader());
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        for (var set : answer.headers().allValues("Set-Cookie")) {
            var pair = set.split(";", 2)[0].split("=", 2);
            if (set.contains("Expires=Thu, 01 Jan 1970")) cookies.remove(pair[0]);
            else cookies.put(pair[0], pair[1]);
        }
        if (answer.body().contains("\"csrf\"")) csrf = json(answer).get("csrf").asString();
        return answer;
    }

    String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    static ObjectNode json(HttpResponse<String> answer) {
        return (ObjectNode) JSON.readTree(answer.body());
    }

    /// Opens the account with a means that this browser then has; the account need have no other.
    HttpResponse<String> followLink(String account) throws Exception {
        var link =
                server.bean(SpareKeys.class)
                        .newLink(account, server.now(), server.now().plusSeconds(60));
        return post("/sign-in/link", Map.of("link", link.text()));
    }

    HttpResponse<String> addPasskey(SoftAuthenticator authenticator) throws Exception {
        var options = json(post("/api/account/passkeys/options", Map.of()));
        return post("/api/account/passkeys", Map.of("credential", authenticator.make(options)));
    }

    HttpResponse<String> usePasskey(SoftAuthenticator authenticator) throws Exception {
        var options = json(post("/sign-in/passkey/options", Map.of()));
        return post("/sign-in/passkey", Map.of("credential", authenticator.use(options)));
    }

    /// Sets a password and tells the secret of its codes.
    Bytes setPassword(String password) throws Exception {
        var offer = json(post("/api/account/password/options", Map.of()));
        var secret = unbase32(offer.get("secret").asString());
        var set =
                put(
                        "/api/account/password",
                        Map.of(
                                "password",
                                password,
                                "sealed",
                                offer.get("sealed").asString(),
                                "code",
                                code(secret, 0)));
        if (set.statusCode() != 200) throw new AssertionError(set.body());
        return secret;
    }

    HttpResponse<String> usePassword(String name, String password, String code) throws Exception {
        return post("/sign-in/password", Map.of("name", name, "password", password, "code", code));
    }

    /// The code of now, or of so many steps later.
    String code(Bytes secret, int later) {
        long step = server.now().getEpochSecond() / Totp.PERIOD_SECONDS + later;
        return Totp.code(secret, step, Totp.DIGITS, "HmacSHA1");
    }

    static Bytes unbase32(String text) {
        var bits = new StringBuilder();
        for (char letter : text.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits.append(String.format("%5s", Integer.toBinaryString(value)).replace(' ', '0'));
        }
        var bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++)
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        return Bytes.unsafe(bytes);
    }
}
