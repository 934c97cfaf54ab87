// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.access;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One line of the table of routes.
///
/// @param finely whether the handler asks the gate itself, once it knows more than the path
/// @param variable the part of the path that names the resource; empty for the node as a whole
/// @param publicBecause why everybody may; empty if not everybody may
record Route(
        String verb,
        String path,
        String action,
        boolean finely,
        String resource,
        Optional<String> variable,
        Optional<String> publicBecause) {

    /// @throws IllegalArgumentException if the line is none
    static Route parse(String line) {
        var parts = line.split("\\|", 2);
        var words = Arrays.asList(parts[0].strip().split(" +"));
        var rest = words.subList(Math.min(3, words.size()), words.size());
        boolean finely = !rest.isEmpty() && rest.getFirst().equals("*");
        if (finely) rest = rest.subList(1, rest.size());
        if (rest.isEmpty() || rest.size() > 2) {
            throw new IllegalArgumentException("this is no route: " + line);
        }
        var variable =
                rest.size() == 1
                        ? Optional.<String>empty()
                        : Optional.of(rest.get(1).replaceAll("[{}]", ""));
        var route =
                new Route(
                        words.get(0),
                        words.get(1),
                        words.get(2),
                        finely,
                        rest.getFirst(),
                        variable,
                        parts.length == 1 ? Optional.empty() : Optional.of(parts[1].strip()));
        if (variable.isPresent() && !route.segments().contains("{" + variable.get() + "}")) {
            throw new IllegalArgumentException("no part of the path is called so: " + line);
        }
        return route;
    }

    List<String> segments() {
        return List.of(path.split("/", -1));
    }

    boolean isPublic() {
        return publicBecause.isPresent();
    }

    boolean matches(List<String> asked) {
        var segments = segments();
        boolean open = segments.getLast().equals("**");
        int fixed = open ? segments.size() - 1 : segments.size();
        if (open ? asked.size() <= fixed : asked.size() != fixed) return false;
        for (int i = 0; i < fixed; i++) {
            if (!fits(segments.get(i), asked.get(i))) return false;
        }
        return true;
    }

    private static boolean fits(String pattern, String segment) {
        boolean any = pattern.equals("*") || pattern.startsWith("{");
        return any ? !segment.isEmpty() : pattern.equals(segment);
    }

    /// The id of the resource in a path that this route matches.
    @Nullable String id(List<String> asked) {
        return variable.map(name -> asked.get(segments().indexOf("{" + name + "}"))).orElse(null);
    }
}
