// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.Bytes;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// One node's HTTP interface, for one party; safe for many threads.
///
/// What the node refuses comes back as [NodeRefused], what cannot be reached as another [IOException].
public final class NodeClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte FIRST_OF_JWS = 'e';
    private static final String SESSION = "sign-in/session";

    private final URI node;
    private final Credential credential;
    private final HttpClient http;
    private final Duration patience;

    private NodeClient(URI node, Credential credential, HttpClient http, Duration patience) {
        this.node = node;
        this.credential = credential;
        this.http = http;
        this.patience = patience;
    }

    /// For whoever needs no permission: things send signed packs, everybody may read the log.
    ///
    /// @param node such as `https://127.0.0.1:8443/`
    public static NodeClient open(URI node, Trust trust) {
        if (node.getHost() == null
                || !("https".equals(node.getScheme()) || "http".equals(node.getScheme()))) {
            throw new IllegalArgumentException(
                    node + " is not the http or https address of a node");
        }
        var root = node.getPath().endsWith("/") ? node : URI.create(node + "/");
        var http =
                HttpClient.newBuilder()
                        .sslContext(trust.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
        return new NodeClient(root, Credential.NONE, http, PATIENCE);
    }

    /// The same node with the token that it printed at its first start, which is good for enrolment only.
    NodeClient withToken(String token) {
        return new NodeClient(node, Credential.fixed("Bearer " + token), http, patience);
    }

    /// The same node for a program that acts for an account.
    public NodeClient as(AccountKey key) {
        return new NodeClient(node, new AccessTokens(node, key, http), http, patience);
    }

    /// Opens the first administrator's account with the token that the node printed at its first start, which is void
    /// from then on; the account is of whoever has the key.
    public NodeClient enrol(AccountKey key, String token) throws IOException {
        withToken(token)
                .post("api/enrolment", Map.of("name", key.account(), "key", key.publicKey()));
        return as(key);
    }

    /// Lets a new key act for an account, by a link that signs its owner in once.
    ///
    /// @param link as whoever made it gave it, or what stands in it behind `#link=`
    /// @param file where the key is written, before the node knows it: nobody is left with a key that is lost
    /// @throws java.nio.file.FileAlreadyExistsException if there is such a file; the link is used up by then
    public AccountKey join(String link, Path file) throws IOException {
        var owner = signedIn(link.replaceFirst("^.*#link=", ""));
        try {
            var key = AccountKey.generate(owner.get(SESSION).path("account").asString());
            key.write(file);
            try {
                owner.post("api/account/keys", Map.of("key", key.publicKey()));
            } catch (IOException e) {
                Files.delete(file);
                throw e;
            }
            return key;
        } finally {
            owner.delete(SESSION);
        }
    }

    /// The same node for a person who signs in as a browser does: with a cookie, and on each request what only a page of
    /// the node could have read.
    private NodeClient signedIn(String link) throws IOException {
        var request =
                request("sign-in/link")
                        .header("content-type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JSON.writeValueAsString(Map.of("link", link))));
        var answer = exchange(request, BodyHandlers.ofString());
        var cookies =
                answer.headers().allValues("set-cookie").stream()
                        .map(cookie -> cookie.substring(0, (cookie + ';').indexOf(';')))
                        .collect(Collectors.joining("; "));
        var headers =
                Map.of(
                        "Cookie",
                        cookies,
                        "Origin",
                        node.getScheme() + "://" + node.getRawAuthority(),
                        "X-Carnet-Csrf",
                        JSON.readTree(answer.body()).path("csrf").asString());
        return new NodeClient(node, (method, uri) -> headers, http, patience);
    }

    /// The same node for a gateway that proves who it is.
    public NodeClient withGatewayProof(String proof) {
        return new NodeClient(node, Credential.fixed("DID " + proof), http, patience);
    }

    /// The same node, for requests that take long.
    public NodeClient patient(Duration patience) {
        return new NodeClient(node, credential, http, patience);
    }

    /// Proves now who this party is, and not only with its first request.
    public void signIn() throws IOException {
        credential.renew();
    }

    /// The headers by which a request of another HTTP client is this party's: fit for one request only.
    public Map<String, String> credentials(String method, URI uri) throws IOException {
        return credential.headers(method, uri);
    }

    public URI address() {
        return node;
    }

    public JsonNode get(String path) throws IOException {
        return JSON.readTree(text(path));
    }

    /// What is there, as text.
    public String text(String path) throws IOException {
        return call(request(path).GET(), BodyHandlers.ofString());
    }

    /// What is there, as bytes.
    public Bytes bytes(String path) throws IOException {
        return Bytes.unsafe(call(request(path).GET(), BodyHandlers.ofByteArray()));
    }

    /// @param body what Jackson writes as JSON
    public JsonNode post(String path, Object body) throws IOException {
        var request =
                request(path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return JSON.readTree(call(request, BodyHandlers.ofString()));
    }

    /// Takes away what is there.
    public void delete(String path) throws IOException {
        call(request(path).DELETE(), BodyHandlers.ofString());
    }

    /// Sends one signed pack.
    CompletableFuture<Ack> sendAsync(Bytes pack) {
        var type = pack.at(0) == FIRST_OF_JWS ? "application/jose" : "application/cose";
        var request =
                request("updates")
                        .header("content-type", type)
                        .POST(BodyPublishers.ofByteArray(pack.unsafeArray()));
        try {
            return http.sendAsync(own(request), BodyHandlers.ofString()).thenApply(NodeClient::ack);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// A carrier of one HTTP request per pack.
    public Carrier posts() {
        return new Posts(this);
    }

    /// A carrier of one WebSocket for many packs.
    public UpdateStream stream(int window) throws IOException {
        return stream("updates/stream", window);
    }

    /// The same, which also tells when records are included and witnessed.
    public UpdateStream streamWithAcks(int window) throws IOException {
        return stream("updates/stream?acks=included,witnessed", window);
    }

    private UpdateStream stream(String path, int window) throws IOException {
        var uri = URI.create(node.resolve(path).toString().replaceFirst("http", "ws"));
        return UpdateStream.open(http, uri, credential.headers("GET", node.resolve(path)), window);
    }

    /// An identifier as a part of a path.
    public static String part(String identifier) {
        return URLEncoder.encode(identifier, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        var relative = path.startsWith("/") ? path.substring(1) : path;
        return HttpRequest.newBuilder(node.resolve(relative)).timeout(patience);
    }

    private HttpRequest own(HttpRequest.Builder builder) throws IOException {
        var plain = builder.build();
        credential.headers(plain.method(), plain.uri()).forEach(builder::header);
        return builder.build();
    }

    private <T> T call(HttpRequest.Builder builder, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        return exchange(builder, handler).body();
    }

    private <T> HttpResponse<T> exchange(
            HttpRequest.Builder builder, HttpResponse.BodyHandler<T> handler) throws IOException {
        var request = own(builder);
        try {
            var response = http.send(request, handler);
            if (response.statusCode() >= 300)
                throw refused(response.statusCode(), problem(asText(response.body())));
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + request.uri());
        }
    }

    private static String asText(Object body) {
        return body instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : body.toString();
    }

    private static Ack ack(HttpResponse<String> response) {
        if (response.statusCode() == 200) return Ack.of(JSON.readTree(response.body()));
        var problem = problem(response.body());
        // A refusal of the pack is its answer; anything else means that there was none.
        if (problem.isEmpty())
            throw new UncheckedIOException(refused(response.statusCode(), problem));
        return new Ack.Refused(reason(problem), problem.path("detail").asString(""));
    }

    private static NodeRefused refused(int status, JsonNode problem) {
        return new NodeRefused(status, reason(problem), problem.path("detail").asString(""));
    }

    private static String reason(JsonNode problem) {
        var type = problem.path("type").asString("");
        return type.substring(type.lastIndexOf('/') + 1);
    }

    /// The problem document, or an empty one if the answer is something else.
    private static JsonNode problem(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException somethingElse) {
            return JSON.createObjectNode();
        }
    }
}
