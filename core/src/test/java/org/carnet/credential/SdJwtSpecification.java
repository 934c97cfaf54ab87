// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.jose.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// A case of sd-jwt-python: claims, which of them the tag `!sd` hides, which the holder shows, and what then is seen.
record SdJwtSpecification(
        String name,
        ObjectNode claims,
        Set<String> hidden,
        Set<String> shown,
        int decoys,
        JsonNode expected) {
    private static final String ROOT = "/sd-jwt/testdata/";
    private static final List<String> NAMES =
            List.of(
                    "examples/complex_ekyc",
                    "examples/simple",
                    "examples/simple_structured",
                    "examples/w3c-vc",
                    "tests/testcases/array_recursive_sd_some_disclosed",
                    "tests/testcases/header_mod",
                    "tests/testcases/json_serialization_general",
                    "tests/testcases/key_binding",
                    "tests/testcases/object_data_types",
                    "tests/testcases/recursions");

    static List<SdJwtSpecification> all() {
        return NAMES.stream().map(SdJwtSpecification::of).toList();
    }

    static String read(String file) {
        try (var in = SdJwtSpecification.class.getResourceAsStream(ROOT + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SdJwtSpecification of(String name) {
        var text = read("sd-jwt-python/" + name + "/specification.yml");
        var yaml = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        var hidden = new TreeSet<String>();
        var claims = (ObjectNode) value(member(yaml, "user_claims"), "", hidden);
        var disclosed = value(member(yaml, "holder_disclosed_claims"), "", new TreeSet<>());
        var shown = new TreeSet<String>();
        for (var pointer : hidden) if (isShown(disclosed, pointer)) shown.add(pointer);
        var stated = find(yaml, "expect_verified_user_claims");
        return new SdJwtSpecification(
                name,
                claims,
                hidden,
                shown,
                find(yaml, "add_decoy_claims") == null ? 0 : 3,
                stated == null
                        ? seen(claims, "", hidden, shown)
                        : value(stated, "", new TreeSet<>()));
    }

    /// The older cases name what is shown, with null behind it; the newer say true or false.
    private static boolean isShown(JsonNode disclosed, String pointer) {
        var at = disclosed.at(pointer);
        return !at.isMissingNode() && !(at.isBoolean() && !at.booleanValue());
    }

    private static JsonNode seen(
            JsonNode value, String pointer, Set<String> hidden, Set<String> shown) {
        if (value instanceof ObjectNode object) {
            var seen = Json.object();
            for (var member : object.properties()) {
                var place = Unfolding.below(pointer, member.getKey());
                if (!hidden.contains(place) || shown.contains(place))
                    seen.set(member.getKey(), seen(member.getValue(), place, hidden, shown));
            }
            return seen;
        }
        if (!(value instanceof ArrayNode array)) return value;
        var seen = Json.object().arrayNode();
        for (int i = 0; i < array.size(); i++) {
            var place = pointer + "/" + i;
            if (!hidden.contains(place) || shown.contains(place))
                seen.add(seen(array.get(i), place, hidden, shown));
        }
        return seen;
    }

    private static Node member(Node map, String name) {
        return Objects.requireNonNull(find(map, name));
    }

    private static Node find(Node map, String name) {
        return ((MappingNode) map)
                .getValue().stream()
                        .filter(it -> ((ScalarNode) it.getKeyNode()).getValue().equals(name))
                        .map(it -> it.getValueNode())
                        .findFirst()
                        .orElse(null);
    }

    private static JsonNode value(Node node, String pointer, Set<String> hidden) {
        return switch (node) {
            case MappingNode map -> {
                var object = Json.object();
                for (var member : map.getValue()) {
                    var key = (ScalarNode) member.getKeyNode();
                    var place = Unfolding.below(pointer, key.getValue());
                    if (isTagged(key)) hidden.add(place);
                    object.set(key.getValue(), value(member.getValueNode(), place, hidden));
                }
                yield object;
            }
            case SequenceNode sequence -> {
                var array = Json.object().arrayNode();
                for (var element : sequence.getValue()) {
                    var place = pointer + "/" + array.size();
                    if (isTagged(element)) hidden.add(place);
                    array.add(value(element, place, hidden));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new AssertionError(node);
        };
    }

    private static boolean isTagged(Node node) {
        return node.getTag().getValue().equals("!sd");
    }

    private static JsonNode scalar(ScalarNode node) {
        var json = Json.object().arrayNode();
        var text = node.getValue();
        var tag = new Resolver().resolve(NodeId.scalar, text, node.isPlain());
        if (tag.equals(Tag.NULL)) json.addNull();
        else if (tag.equals(Tag.BOOL)) json.add(Boolean.parseBoolean(text));
        else if (tag.equals(Tag.INT)) json.add(Integer.parseInt(text.replace("+", "")));
        else if (tag.equals(Tag.FLOAT)) json.add(Double.parseDouble(text));
        else json.add(text);
        return json.get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
