// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.toCollection;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether the documents of the interface say what the whole node really serves.
final class InterfaceTest {
    private static RunningNode node;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        node = RunningNode.start(data, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @Test
    void everyRequestThatIsServedIsDocumentedAndEveryOneThatIsDocumentedIsServed()
            throws Exception {
        var documented = new TreeSet<String>();
        document("/openapi.json")
                .get("paths")
                .forEachEntry(
                        (path, verbs) ->
                                verbs.propertyNames()
                                        .forEach(
                                                verb ->
                                                        documented.add(
                                                                verb.toUpperCase(Locale.ROOT)
                                                                        + " "
                                                                        + path)));
        // Files on disk, and pages.
        documented.removeAll(
                Stream.of("/checkpoint", "/log.vkey", "/tile/{path}").map("GET "::concat).toList());
        var served =
                node
                        .node
                        .application()
                        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods()
                        .keySet()
                        .stream()
                        .flatMap(
                                request ->
                                        request.getMethodsCondition().getMethods().stream()
                                                .flatMap(
                                                        verb ->
                                                                request.getPatternValues().stream()
                                                                        .map(
                                                                                path ->
                                                                                        verb + " "
                                                                                                + path)))
                        .collect(toCollection(TreeSet::new));
        served.removeAll(
                Stream.of("/openapi.json", "/asyncapi.json", "/problems")
                        .map("GET "::concat)
                        .toList());
        assertThat(documented).isEqualTo(served);
    }

    @Test
    void everyReferenceInADocumentLeadsSomewhere() throws Exception {
        for (var name : new String[] {"/openapi.json", "/asyncapi.json"}) {
            var document = document(name);
            assertThat(document.findValues("$ref")).isNotEmpty();
            for (var reference : document.findValues("$ref")) {
                assertThat(document.at(reference.asString().substring(1)).isMissingNode())
                        .as(name + reference)
                        .isFalse();
            }
        }
    }

    @Test
    void theDocumentsAreOfTheVersionsTheySayAndEveryChannelIsUsed() throws Exception {
        var openapi = document("/openapi.json");
        assertThat(openapi.get("openapi").asString()).isEqualTo("3.1.0");
        assertThat(openapi.at("/info/license/identifier").asString()).isEqualTo("Apache-2.0");
        assertThat(openapi.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        var asyncapi = document("/asyncapi.json");
        assertThat(asyncapi.get("asyncapi").asString()).isEqualTo("3.0.0");
        var used =
                asyncapi.get("operations").findValues("channel").stream()
                        .map(channel -> channel.get("$ref").asString().replace("#/channels/", ""));
        assertThat(used).containsAll(asyncapi.get("channels").propertyNames());
    }

    @Test
    void everyResponseOfADocumentedErrorIsAProblemWithAPage() throws Exception {
        for (var response : document("/openapi.json").at("/components/responses")) {
            var type = response.at("/content/application~1problem+json/example/type").asString();
            var page = node.get(type);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(
                            response.at("/content/application~1problem+json/example/title")
                                    .asString());
        }
    }

    @Test
    void theYamlFormsAndThePagesAreServedToEverybody() throws Exception {
        assertThat(node.get("/openapi.yaml").body()).contains("openapi: 3.1.0");
        assertThat(node.get("/asyncapi.yaml").body()).contains("asyncapi: 3.0.0");
        assertThat(node.get("/docs").body())
                .contains("<script type=\"module\" src=\"/docs/docs.js\">");
        assertThat(node.get("/docs/docs.js").statusCode()).isEqualTo(200);
        assertThat(node.get("/problems").body())
                .contains("<a href=\"/problems/replay\">Replay</a>");
    }

    private static JsonNode document(String path) throws Exception {
        var answer = node.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        return JsonMapper.shared().readTree(answer.body());
    }
}
