// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The table of routes, `routes.txt` beside this class: what each request does, and to what.
///
/// What has no line is closed to everybody, so a route that somebody adds is closed until somebody decides otherwise.
public final class Routes {
    private final List<Route> routes;
    private final Map<String, Route> exact = new HashMap<>();
    private final Map<Integer, List<Route>> patterns = new HashMap<>();
    private final List<Route> open = new ArrayList<>();

    private Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
        for (var route : routes) {
            var segments = route.segments();
            if (segments.getLast().equals("**")) {
                open.add(route);
            } else if (route.path().contains("{") || route.path().contains("*")) {
                patterns.computeIfAbsent(segments.size(), _ -> new ArrayList<>()).add(route);
            } else if (exact.put(route.verb() + " " + route.path(), route) != null) {
                throw new IllegalArgumentException("two lines for " + route.path());
            }
        }
    }

    /// A part that not every node has brings its own lines.
    public record More(String lines) {}

    static Routes read(List<More> more) {
        try (var stream = Routes.class.getResourceAsStream("routes.txt")) {
            if (stream == null) throw new IllegalStateException("there is no routes.txt");
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return parse(
                    Stream.concat(Stream.of(text), more.stream().map(More::lines))
                            .flatMap(String::lines));
        } catch (IOException e) {
            throw new UncheckedIOException("reading routes.txt", e);
        }
    }

    static Routes parse(Stream<String> lines) {
        return new Routes(
                lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(Route::parse)
                        .toList());
    }

    List<Route> all() {
        return routes;
    }

    /// The route that serves the request, if any does. HEAD is GET without its body.
    Optional<Route> find(String method, String path) {
        var verb = method.equals("HEAD") ? "GET" : method;
        var known = exact.get(verb + " " + path);
        if (known != null) return Optional.of(known);
        var segments = List.of(path.split("/", -1));
        return Stream.concat(
                        patterns.getOrDefault(segments.size(), List.of()).stream(), open.stream())
                .filter(route -> route.verb().equals(verb) && route.matches(segments))
                .findFirst();
    }

    /// The verbs that the path has lines for.
    List<String> verbs(String path) {
        return Stream.of("GET", "POST", "PUT", "DELETE", "PATCH")
                .filter(verb -> find(verb, path).isPresent())
                .toList();
    }

    /// Whether the request needs no sign-in, as far as the table says.
    public boolean isPublic(String verb, String path) {
        return find(verb, path).map(Route::isPublic).orElse(false);
    }
}
