// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.relying;

import org.carnet.Bytes;
import org.carnet.jose.Json;
import org.carnet.node.RunningNode;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser that goes where it is sent only when a test says so.
final class Visitor {
    final Map<String, String> cookies = new HashMap<>();

    private final RunningNode node;

    Visitor(RunningNode node) {
        this.node = node;
    }

    /// Begins to sign in there.
    ///
    /// @return where the browser is sent
    URI begin(String provider, String query) throws Exception {
        return sentTo(get("/sign-in/at/" + provider + query));
    }

    /// Comes back.
    ///
    /// @return where the browser is sent then
    URI comeBack(URI callback) throws Exception {
        return sentTo(send(HttpRequest.newBuilder(callback)));
    }

    /// Signs in there as somebody.
    URI enter(FakeProvider there, String provider, String subject) throws Exception {
        return comeBack(there.approve(begin(provider, ""), subject));
    }

    private static URI sentTo(HttpResponse<String> answer) {
        if (answer.statusCode() != 303) throw new AssertionError(answer + answer.body());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(node.at(path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        if (!cookies.isEmpty()) request.header("Cookie", cookieHeader());
        var answer = node.send(request);
        for (var set : answer.headers().allValues("Set-Cookie")) {
            var pair = set.split(";", 2)[0].split("=", 2);
            if (set.contains("Max-Age=0")) cookies.remove(pair[0]);
            else cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    /// With what only a page of the node knows.
    HttpResponse<String> send(String verb, String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(node.at(path))
                        .header("Content-Type", "application/json")
                        .header("Origin", node.at("").toString().replaceFirst("/$", ""))
                        .header("X-Carnet-Csrf", presence().path("csrf").asString(""))
                        .method(verb, BodyPublishers.ofString(body)));
    }

    ObjectNode presence() throws Exception {
        return Json.object(Bytes.utf8(get("/sign-in/session").body()));
    }

    /// The name of the account that is signed in; empty if nobody is.
    String account() throws Exception {
        return presence().path("account").asString("");
    }

    ObjectNode ownAccount() throws Exception {
        return Json.object(Bytes.utf8(get("/api/account").body()));
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
