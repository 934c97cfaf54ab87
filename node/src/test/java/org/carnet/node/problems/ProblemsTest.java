// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.node.access.Routes;
import org.carnet.node.points.StorageFull;
import org.carnet.node.web.BareServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Every way to go wrong, over real HTTP against the node's own web server and a controller that fails on demand.
final class ProblemsTest {
    private static BareServer server;

    record Walk(String name, int steps, List<Leg> legs) {
        Walk {
            if (steps < 0) throw new IllegalArgumentException("a walk has no negative steps");
        }
    }

    record Leg(double metres) {}

    @Configuration(proxyBeanMethods = false)
    static class Lines {
        @Bean
        Routes.More lines() {
            return new Routes.More(
                    """
                    POST /api/walks readNode Node
                    GET /api/steps readNode Node
                    GET /api/conflict readNode Node
                    GET /api/full readNode Node
                    GET /api/mistake readNode Node
                    """);
        }
    }

    @RestController
    static final class Walks {
        @PostMapping(
                path = "/api/walks",
                consumes = "application/json",
                produces = "application/json")
        Walk walk(@RequestBody Walk walk) {
            return walk;
        }

        @GetMapping("/api/steps")
        int steps(@RequestParam int from) {
            return from;
        }

        @GetMapping("/api/conflict")
        String conflict() {
            throw new Problem(ProblemType.CONFLICT, "The walk is over.");
        }

        @GetMapping("/api/full")
        CompletableFuture<String> full() {
            return CompletableFuture.failedFuture(new StorageFull("no room", new Exception()));
        }

        @GetMapping("/api/mistake")
        String mistake() {
            throw new IllegalStateException("the secret inside");
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = BareServer.start(data, Map.of(), List.of(Walks.class, Lines.class));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatGoesWellIsNoProblem() throws Exception {
        var answer = walk("{\"name\":\"a\",\"steps\":1,\"legs\":[{\"metres\":1.5}]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"a\",\"steps\":1,\"legs\":[{\"metres\":1.5}]}");
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        expect(server.get("/api/nothing"), 404, "not-found", "No resource has this path.");
        expect(server.get("/console/nothing.js"), 404, "not-found", "No resource has this path.");
    }

    @Test
    void aMethodThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
        var answer = server.send(server.request("/api/walks").DELETE());
        expect(answer, 405, "method-not-allowed", "method");
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aFormThatDoesNotExistIsRefusedAsAProblemAllTheSame() throws Exception {
        var answer =
                server.send(
                        server.request("/api/walks")
                                .header("Accept", "text/csv")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")));
        expect(answer, 406, "not-acceptable", "");
    }

    @Test
    void aBodyOfAForeignTypeIsRefused() throws Exception {
        var answer =
                server.send(
                        server.request("/api/walks")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")));
        expect(answer, 415, "unsupported-media-type", "text/plain");
    }

    @Test
    void jsonThatIsNotAsDescribedIsToldWhereItIsWrongWithoutANameOfTheProgram() throws Exception {
        expect(walk("{\"name\":"), 400, "malformed-request", "line 1");
        expect(
                walk("{\"name\":\"a\",\"steps\":1,\"legs\":[{\"metres\":\"far\"}]}"),
                400,
                "malformed-request",
                "at legs[0].metres");
        expect(
                walk("{\"name\":\"a\",\"name\":\"b\",\"steps\":1}"),
                400,
                "malformed-request",
                "line 1");
        expect(
                walk("{\"name\":\"a\",\"steps\":1,\"speed\":2}"),
                400,
                "malformed-request",
                "at speed");
        expect(walk("{\"name\":\"a\"}"), 400, "malformed-request", "at steps");
        expect(walk("{\"name\":\"a\",\"steps\":1} and more"), 400, "malformed-request", "line 1");
        expect(walk(""), 400, "malformed-request", "The body is missing");
        assertThat(walk("{\"name\":1.5,\"steps\":[]}").body()).doesNotContain("java", "Walk");
    }

    @Test
    void whatAValueSaysOfItselfReachesTheCaller() throws Exception {
        expect(
                walk("{\"name\":\"a\",\"steps\":-1}"),
                400,
                "malformed-request",
                "a walk has no negative steps");
    }

    @Test
    void aParameterThatCannotBeReadOrIsMissingIsNamed() throws Exception {
        expect(server.get("/api/steps?from=here"), 400, "malformed-request", "from");
        expect(server.get("/api/steps"), 400, "malformed-request", "from");
    }

    @Test
    void aBodyBeyondTheLimitIsNotRead() throws Exception {
        var tooLong = new byte[(4 << 20) + 1];
        var announced =
                server.request("/api/walks")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(tooLong));
        expect(server.send(announced), 413, "too-large", "4194304");
        InputStream spaces =
                new ByteArrayInputStream(
                        " ".repeat(tooLong.length).getBytes(StandardCharsets.US_ASCII));
        var chunked =
                server.request("/api/walks")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> spaces));
        expect(server.send(chunked), 413, "too-large", "4194304");
    }

    @Test
    void whatAnAgentRefusesIsAnsweredAlsoWhenItComesLater() throws Exception {
        expect(server.get("/api/conflict"), 409, "conflict", "The walk is over.");
        expect(server.get("/api/full"), 507, "storage-full", "Nothing was recorded");
    }

    @Test
    void aMistakeOfTheProgramTellsNothingOfItsInside() throws Exception {
        var answer = server.get("/api/mistake");
        expect(answer, 500, "internal", "log of the node");
        assertThat(answer.body()).doesNotContain("secret", "Exception", "carnet.node");
    }

    @Test
    void whoProvesNothingIsToldHowToGetIn() throws Exception {
        var answer = server.asStranger("/api/steps?from=1");
        expect(answer, 401, "unauthorized", "Authorization: DPoP");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("DPoP algs=\"ES256 EdDSA\"");
    }

    @Test
    void whatTomcatRefusesBeforeAnyOfOurCodeIsAProblemToo() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.ports().of("http").getAsInt())) {
            socket.getOutputStream()
                    .write(
                            "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains("/problems/malformed-request")
                    .doesNotContain("Tomcat");
        }
    }

    static List<ProblemType> types() {
        return ProblemType.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeOfProblemHasAPageThatSaysWhatToDo(ProblemType type) throws Exception {
        var page = server.asStranger(type.path());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body())
                .contains(
                        "<h1>" + type.title() + "</h1>",
                        "Status " + type.status() + ".",
                        "What to do");
    }

    @Test
    void aPageOfNoProblemIsNotFound() throws Exception {
        expect(server.get("/problems/none"), 404, "not-found", "No type of problem is called so.");
    }

    private static HttpResponse<String> walk(String json) throws Exception {
        return server.send(
                server.request("/api/walks")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    private static void expect(
            HttpResponse<String> answer, int status, String slug, String detail) {
        assertThat(answer.body()).isNotEmpty();
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/" + slug);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).contains(detail);
    }
}
