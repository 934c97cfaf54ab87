// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;
import org.carnet.identity.SigningKey;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;

/// The access tokens of an account key at one node: fetched when first needed, renewed before they end.
///
/// Each is bound to a key that this object makes and nobody else ever has, so a token that is overheard opens nothing.
final class AccessTokens implements Credential {
    private static final int EARLY_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;
    private final AccountKey account;
    private final SigningKey holder;
    private final HttpClient http;
    private String token = "";
    private String hash = "";
    private long end;

    /// @param node its address, with a slash at the end
    AccessTokens(URI node, AccountKey account, HttpClient http) {
        this.endpoint = node.resolve("oauth2/token");
        this.account = account;
        this.holder = account.another();
        this.http = http;
    }

    @Override
    public synchronized Map<String, String> headers(String method, URI uri) throws IOException {
        if (account.seconds() >= end) renew();
        return Map.of(
                "Authorization",
                "DPoP " + token,
                "DPoP",
                account.proof(holder, method, withoutQuery(uri), hash));
    }

    @Override
    public synchronized void renew() throws IOException {
        var asked = account.seconds();
        var form =
                "grant_type=client_credentials&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                        + "&client_id="
                        + URLEncoder.encode(account.account(), StandardCharsets.UTF_8)
                        + "&client_assertion="
                        + account.assertion(endpoint.toString());
        var request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("DPoP", account.proof(holder, "POST", endpoint.toString(), ""))
                        .POST(BodyPublishers.ofString(form))
                        .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            var answer = json(response.body());
            token = answer.path("access_token").asString("");
            if (response.statusCode() != 200 || token.isEmpty()) {
                throw new NodeRefused(
                        response.statusCode(),
                        answer.path("error").asString("unauthorized"),
                        "the node gives no access token to " + account.account());
            }
            hash = sha256(token);
            end = asked + answer.path("expires_in").asLong(0) - EARLY_SECONDS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + endpoint);
        }
    }

    private static String withoutQuery(URI uri) {
        var text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException somethingElse) {
            return JSON.createObjectNode();
        }
    }

    private static String sha256(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(hash.digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toBase64Url();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
