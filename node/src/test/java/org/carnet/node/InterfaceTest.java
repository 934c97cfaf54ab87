// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.toCollection;

import org.carnet.envelope.Form;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Signer;
import org.carnet.envelope.Value;
import org.carnet.identity.Algorithm;
import org.carnet.identity.SigningKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether the documents of the interface say what the whole node really serves.
final class InterfaceTest {
    private static RunningNode node;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        node = RunningNode.start(data.resolve("node"), Map.of());
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
                Stream.of("/checkpoint", "/checkpoint.witnessed", "/log.vkey", "/tile/{path}")
                        .map("GET "::concat)
                        .toList());
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
                Stream.of("/openapi.json", "/openapi.yaml", "/asyncapi.json", "/problems")
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
                .isEqualTo("dpop");
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
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> openapi = yaml.load(node.get("/openapi.yaml").body());
        assertThat(JsonMapper.shared().<JsonNode>valueToTree(openapi))
                .isEqualTo(document("/openapi.json"));
        assertThat(node.get("/asyncapi.yaml").body()).contains("asyncapi: 3.0.0");
        assertThat(node.get("/docs").body())
                .contains("<script type=\"module\" src=\"/docs/docs.js\">");
        assertThat(node.get("/docs/docs.js").statusCode()).isEqualTo(200);
        assertThat(node.get("/problems").body())
                .contains("<a href=\"/problems/replay\">Replay</a>");
    }

    @Test
    void everyOperationIsNamedOnceAndSaysWhatItDoes() throws Exception {
        var operations =
                document("/openapi.json")
                        .get("paths")
                        .valueStream()
                        .flatMap(JsonNode::valueStream)
                        .toList();
        assertThat(operations)
                .allSatisfy(
                        operation -> assertThat(operation.get("summary").asString()).isNotBlank())
                .extracting(operation -> operation.get("operationId").asString())
                .doesNotHaveDuplicates();
        assertThat(
                        document("/openapi.json").findValues("parameters").stream()
                                .flatMap(JsonNode::valueStream))
                .allSatisfy(one -> assertThat(one.get("description").asString()).isNotBlank());
    }

    @Test
    void parametersAreDocumentedAsTheyAreRead() throws Exception {
        var history =
                document("/openapi.json").at("/paths/~1avatars~1{id}~1history/get/parameters");
        assertThat(
                        history.valueStream()
                                .map(
                                        one ->
                                                one.get("in").asString()
                                                        + " "
                                                        + one.get("name").asString()
                                                        + " "
                                                        + one.get("required")))
                .containsExactly(
                        "path id true",
                        "query property true",
                        "query from false",
                        "query to false",
                        "query limit false",
                        "query purpose false");
        assertThat(history.at("/4/schema"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"type": "integer", "default": 2000, "minimum": 1, "maximum": 20000}\
                                        """));
    }

    @Test
    void whatIsDocumentedToNeedATokenIsRefusedWithoutOneAndTheRestIsNot() throws Exception {
        var open = new TreeSet<String>();
        for (var path : document("/openapi.json").get("paths").properties()) {
            var operation = path.getValue().get("get");
            // This machine itself may read measurements.
            if (operation == null || path.getKey().equals("/metrics")) continue;
            boolean refused =
                    node.get(path.getKey().replaceAll("\\{\\w+}", "0")).statusCode() == 401;
            assertThat(operation.has("security")).as(path.getKey()).isNotEqualTo(refused);
            if (!refused) open.add(path.getKey());
        }
        assertThat(open).contains("/checkpoint", "/health", "/problems/{slug}");
    }

    @Test
    void everyExampleHasTheShapeThatItShows() throws Exception {
        var openapi = document("/openapi.json");
        var shapes = new Shapes(openapi);
        for (var shape : openapi.at("/components/schemas").properties()) {
            for (var example : shape.getValue().path("examples")) {
                assertThat(shapes.misfits(shape.getValue(), example)).as(shape.getKey()).isEmpty();
            }
        }
    }

    @Test
    void whatTheNodeReallyAnswersHasTheDocumentedShape() throws Exception {
        var openapi = document("/openapi.json");
        var key = SigningKey.generate(Algorithm.ED25519, new SecureRandom());
        var thing = key.did().value();
        var registration = (ObjectNode) openapi.at("/components/schemas/Registration/examples/0");
        registration.withObject("/thingDescription").put("id", thing);
        answer(openapi, "/api/things", registration);
        var mapping = (ObjectNode) openapi.at("/components/schemas/Mapping/examples/0");
        mapping.put("thing", thing).put("platform", "test").put("notAfter", "2999-01-01T00:00:00Z");
        mapping.remove("notBefore");
        var id = answer(openapi, "/api/mappings", mapping).get("id").asString();
        var now = Instant.now();
        var reading = new Reading("activity", now, new Value.Text("SEATED"), "");
        var update = Signer.sign(key, Form.JWS_SENML_JSON, key.did(), 1, now, List.of(reading));
        var batch = JsonMapper.shared().createArrayNode().add(update.toUtf8()).add(update.toUtf8());
        assertThat(answer(openapi, "/updates", batch).findValues("refused")).hasSize(1);

        answer(openapi, "/api/node");
        answer(openapi, "/api/framework");
        answer(openapi, "/api/growth");
        answer(openapi, "/health");
        answer(openapi, "/health/ready");
        answer(openapi, "/api/things/{did}", thing);
        answer(openapi, "/api/mappings/{id}", id);
        answer(openapi, "/api/records/{index}", "0");
        answer(openapi, "/avatars/{id}", "walker-02");
        answer(openapi, "/avatars/{id}", "nobody");
        answer(openapi, "/avatars/{id}/properties", "walker-02");
        for (var list : List.of("/api/avatars", "/api/things", "/api/mappings")) {
            assertThat(answer(openapi, list)).as(list).isNotEmpty();
        }
        assertThat(answer(openapi, "/api/records").get("records")).isNotEmpty();
    }

    private static JsonNode answer(JsonNode openapi, String path, String... variable)
            throws Exception {
        var filled = variable.length == 0 ? path : path.replaceFirst("\\{\\w+}", variable[0]);
        return answer(openapi, path, "get", HttpRequest.newBuilder(node.at(filled)));
    }

    /// What is sent has the documented shape too.
    private static JsonNode answer(JsonNode openapi, String path, JsonNode body) throws Exception {
        var sent =
                openapi.get("paths")
                        .get(path)
                        .at("/post/requestBody/content/application~1json/schema");
        assertThat(new Shapes(openapi).misfits(sent, body)).as(path).isEmpty();
        return answer(
                openapi,
                path,
                "post",
                HttpRequest.newBuilder(node.at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    private static JsonNode answer(
            JsonNode openapi, String path, String verb, HttpRequest.Builder request)
            throws Exception {
        var answer = path.equals("/updates") ? node.send(request) : node.asOperator(request);
        var shapes = new Shapes(openapi);
        var documented =
                shapes.follow(
                        openapi.get("paths")
                                .get(path)
                                .get(verb)
                                .get("responses")
                                .path("" + answer.statusCode()));
        var type =
                answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
        var body = JsonMapper.shared().readTree(answer.body());
        var schema = documented.path("content").path(type).path("schema");
        assertThat(schema.isObject())
                .as(path + " " + answer.statusCode() + " " + type + answer.body())
                .isTrue();
        assertThat(shapes.misfits(schema, body)).as(path + answer.body()).isEmpty();
        return body;
    }

    private static JsonNode document(String path) throws Exception {
        var answer = node.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        return JsonMapper.shared().readTree(answer.body());
    }
}
