// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.node.RunningNode;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A person with a browser, in which no redirect is followed unless they say so.
final class Visitor {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    final RunningNode node;
    final String name;
    final Map<String, String> cookies = new HashMap<>();
    String csrf = "";
    @Nullable String origin;

    private Visitor(RunningNode node, String name) {
        this.node = node;
        this.name = name;
        this.origin = node.at("").toString().replaceAll("/$", "");
    }

    /// Somebody who is not signed in.
    static Visitor stranger(RunningNode node) {
        return new Visitor(node, "");
    }

    /// Somebody with a new account, who is signed in.
    static Visitor of(RunningNode node, String name, String... roles) throws Exception {
        node.operator().post("api/accounts", Map.of("name", name, "roles", List.of(roles)));
        var person = new Visitor(node, name);
        person.signIn();
        return person;
    }

    /// With a link, which proves one thing only.
    void signIn() throws Exception {
        var made = node.operator().post("api/accounts/" + name + "/sign-in-links", Map.of());
        var link = made.path("path").asString().split("#link=")[1];
        assertThat(post("/sign-in/link", Map.of("link", link)).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> get(String address) throws Exception {
        return send(HttpRequest.newBuilder(at(address)));
    }

    HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)).DELETE());
    }

    HttpResponse<String> form(String path, String form) throws Exception {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private URI at(String address) {
        return address.startsWith("http") ? URI.create(address) : node.at(address);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        if (origin != null) request.header("Origin", origin);
        if (!csrf.isEmpty()) request.header("X-Carnet-Csrf", csrf);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());
        for (var set : answer.headers().allValues("Set-Cookie")) {
            var pair = set.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) cookies.remove(pair[0]);
            else cookies.put(pair[0], pair[1]);
        }
        if (answer.body().contains("\"csrf\"")) csrf = json(answer).get("csrf").asString();
        return answer;
    }

    /// Goes where a client sends them, lets it in if asked, and says where they were sent then.
    String allow(String address) throws Exception {
        var first = location(get(address));
        if (!first.contains("/consent?")) return first;
        return answer(first, true);
    }

    /// Answers on the page on which people consent.
    String answer(String page, boolean yes) throws Exception {
        var state = query(page).get("state");
        var asked = json(get("/sign-in/consent?state=" + encode(state)));
        var form =
                "client_id=" + encode(asked.path("client").asString()) + "&state=" + encode(state);
        if (yes) {
            for (var scope : asked.path("scopes")) form += "&scope=" + encode(scope.asString());
        }
        var answer = form("/oauth2/authorize", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).path("redirect").asString();
    }

    static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    /// Why something was refused, as OAuth says it.
    static String error(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return json(answer).path("error").asString();
    }

    static Map<String, String> query(String address) {
        var all = new LinkedHashMap<String, String>();
        var query = address.substring(address.indexOf('?') + 1);
        for (var one : query.split("&")) {
            var pair = one.split("=", 2);
            all.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.length == 1 ? "" : pair[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String encode(Map<String, String> all) {
        return all.entrySet().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
    }
}
