// SPDX-License-Identifier: Apache-2.0
package org.carnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.identity.Algorithm;
import org.carnet.identity.Jwk;
import org.carnet.identity.SigningKey;
import org.carnet.jose.Json;
import org.carnet.node.access.Routes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// What a whole node gives to somebody who proves nothing, over every path that anything in it answers to.
///
/// The paths come from the node itself: annotated handlers, streams, files, pages, servlets and the endpoints of the OpenID
/// Provider, which are filters. So a handler that somebody adds is asked as well.
final class AnonymousTest {
    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static RunningNode node;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        node = RunningNode.start(home.resolve("node"), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
    }

    @Test
    void everyKindOfHandlerIsFound() {
        assertThat(paths())
                .contains(
                        "/api/things",
                        "/api/accounts/x/sign-in-links",
                        "/api/world/stream",
                        "/updates/stream",
                        "/tile/x",
                        "/webjars/x",
                        "/x",
                        "/sign-in",
                        "/oauth2/token",
                        "/oauth2/introspect",
                        "/userinfo")
                .hasSizeGreaterThan(90);
        assertThat(servlets()).containsExactly("/");
    }

    @Test
    void whoProvesNothingGetsNothingButWhatIsPublic() throws Exception {
        var routes = node.node.application().getBean(Routes.class);
        int refused = 0;
        for (var path : paths()) {
            for (var verb : VERBS) {
                int status = status(request(verb, path));
                if (routes.isPublic(verb, path)) {
                    assertThat(status).as(verb + " " + path).isLessThan(500);
                } else {
                    assertThat(status).as(verb + " " + path).isEqualTo(401);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    /// Neither as a header nor, as browsers send it, as a subprotocol of a stream.
    @Test
    void theTokenOfTheFirstStartOpensNothingOnceItWasUsed() throws Exception {
        node.operator().get("api/node");
        var routes = node.node.application().getBean(Routes.class);
        int refused = 0;
        for (var path : paths()) {
            for (var verb : List.of("GET", "POST", "PUT", "DELETE")) {
                if (routes.isPublic(verb, path)) continue;
                var header = request(verb, path).header("Authorization", "Bearer " + node.token);
                assertThat(status(header)).as(verb + " " + path).isEqualTo(401);
                var protocol =
                        request(verb, path)
                                .header("Sec-WebSocket-Protocol", "carnet, bearer." + node.token);
                assertThat(status(protocol)).as(verb + " " + path).isEqualTo(401);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
        // Nor another account, by a request that is good otherwise.
        var enrolment = Json.object().put("name", "thief");
        var thief = SigningKey.generate(Algorithm.P256, new SecureRandom());
        Jwk.members(thief.did()).forEach(enrolment.putObject("key")::put);
        for (var path : List.of("/api/enrolment", "/enrol/passkey/options")) {
            var again =
                    HttpRequest.newBuilder(node.at(path))
                            .header("Authorization", "Bearer " + node.token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.text(enrolment)));
            assertThat(status(again)).as(path).isEqualTo(401);
        }
    }

    private static HttpRequest.Builder request(String verb, String path) {
        return HttpRequest.newBuilder(node.at(path)).method(verb, BodyPublishers.noBody());
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return node.send(request).statusCode();
    }

    /// Each with the same word in place of its variables and its stars.
    private static TreeSet<String> paths() {
        var paths = new TreeSet<String>();
        var mappings = node.node.application().getBeansOfType(HandlerMapping.class);
        for (var mapping : mappings.values()) patterns(mapping).forEach(it -> paths.add(plain(it)));
        servlets().forEach(it -> paths.add(plain(it)));
        var provider = node.node.application().getBean(AuthorizationServerSettings.class);
        provider.getSettings()
                .forEach(
                        (name, value) -> {
                            if (name.endsWith("-endpoint")) paths.add(value.toString());
                        });
        paths.add("/.well-known/openid-configuration");
        paths.add("/.well-known/oauth-authorization-server");
        return paths;
    }

    private static List<String> patterns(HandlerMapping mapping) {
        return switch (mapping) {
            case RequestMappingHandlerMapping handlers ->
                    handlers.getHandlerMethods().keySet().stream()
                            .flatMap(request -> request.getPatternValues().stream())
                            .toList();
            case AbstractUrlHandlerMapping handlers ->
                    new ArrayList<>(handlers.getHandlerMap().keySet());
            default -> {
                // Others hold nothing here, or they would have to be looked into.
                assertThat(mapping.getClass().getSimpleName())
                        .isIn("BeanNameUrlHandlerMapping", "RouterFunctionMapping");
                yield List.of();
            }
        };
    }

    private static String plain(String pattern) {
        return pattern.replaceAll("\\{[^}]*}|\\*+", "x");
    }

    private static List<String> servlets() {
        var context = (WebApplicationContext) node.node.application();
        var servlets = Objects.requireNonNull(context.getServletContext());
        return servlets.getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                .toList();
    }
}
