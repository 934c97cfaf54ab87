// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class PagesTest {
    private static BareServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = BareServer.start(data, Map.of(), List.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/docs/docs.js",
                "/problems/replay",
                "/api/nothing",
                "/webjars/nothing"
            })
    void everyAnswerForbidsWhatIsNotThisNodes(String path) throws Exception {
        var headers = server.asStranger(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "connect-src 'self'")
                .doesNotContain("unsafe", "http:", "https:");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void anImportMapInsideThePageIsLetInByItsHashAndNothingElseIs() {
        var page = "<html><script type=\"importmap\">{}</script><script>evil()</script>";
        // The SHA-256 of {} in Base64.
        assertThat(ContentPolicy.of(page))
                .contains(
                        "script-src 'self' 'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=';");
        assertThat(ContentPolicy.of("<html></html>")).contains("script-src 'self';");
    }

    @Test
    void thePagesOfThisProgramHoldNoScriptOrStyleInside() throws Exception {
        for (var path : List.of("/docs", "/problems", "/problems/replay")) {
            assertThat(server.asStranger(path).body())
                    .doesNotContain(
                            "<style", "style=", "<script>", "onclick", "http://", "https://");
        }
    }

    @Test
    void whatIsComputedIsNotKeptAndWhatHasAVersionIsKept() throws Exception {
        assertThat(server.get("/api/nothing").headers().firstValue("Cache-Control"))
                .hasValue("no-store");
        var library = server.asStranger("/webjars/lit/3.3.2/index.js");
        assertThat(library.statusCode()).isEqualTo(200);
        assertThat(library.headers().firstValue("Cache-Control"))
                .hasValue("max-age=31536000, immutable");
        var script = server.asStranger("/docs/docs.js");
        assertThat(script.headers().firstValue("Cache-Control")).hasValue("no-cache");
        var again =
                server.send(
                        server.request("/docs/docs.js")
                                .header(
                                        "If-None-Match",
                                        script.headers().firstValue("ETag").orElseThrow()));
        assertThat(again.statusCode()).isEqualTo(304);
    }
}
