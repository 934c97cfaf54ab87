// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.problems;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Serves the page of each type of problem, made from `docs/problems/<slug>.md`.
@RestController
final class ProblemPages {
    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer = HtmlRenderer.builder().escapeHtml(true).build();

    @Hidden
    @GetMapping(path = "/problems", produces = "text/html;charset=UTF-8")
    String index() {
        var list =
                ProblemType.all().stream()
                        .map(
                                type ->
                                        "- [%s](%s), %d"
                                                .formatted(
                                                        type.title(), type.path(), type.status()))
                        .collect(Collectors.joining("\n", "# Problems\n\n", "\n"));
        return framed("Problems", list, "/problems");
    }

    @Operation(tags = "operation", summary = "The page of a type of problem")
    @ApiResponse(
            responseCode = "200",
            description = "What it means and what to do.",
            content = @Content(schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "404", ref = "NotFound")
    @GetMapping(path = "/problems/{slug}", produces = "text/html;charset=UTF-8")
    String readProblem(@Parameter(description = "Such as `replay`.") @PathVariable String slug) {
        var type =
                ProblemType.all().stream()
                        .filter(known -> known.slug().equals(slug))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                ProblemType.NOT_FOUND,
                                                "No type of problem is called so."));
        return framed(type.title(), text(type), type.path());
    }

    private String framed(String title, String markdown, String path) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%s</title>
        <link rel="stylesheet" href="/docs/docs.css">
        </head>
        <body>
        <main>
        %s<p><code>%s</code></p>
        </main>
        </body>
        </html>
        """
                .formatted(title, renderer.render(parser.parse(markdown)), path);
    }

    private static String text(ProblemType type) {
        try (var page = ProblemPages.class.getResourceAsStream(type.path() + ".md")) {
            if (page == null) throw new IllegalStateException("no page explains " + type.slug());
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the page of " + type.slug() + " cannot be read", e);
        }
    }
}
