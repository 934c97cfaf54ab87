// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.entities;

import org.carnet.envelope.Value;
import org.carnet.node.points.AvatarReads.View;
import org.carnet.policy.Derived;
import org.carnet.policy.Permission;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An avatar as a W3C Thing Description 1.1, so that any Web of Things client can read it.
final class AvatarDescription {
    private AvatarDescription() {}

    /// @param base where this node is reached, such as `https://agora.example`
    static ObjectNode of(View view, List<Permission> permissions, String origin, String base) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("@context", "https://www.w3.org/2022/wot/td/v1.1");
        json.put(
                "id",
                "urn:carnet:" + origin.replaceAll("[^A-Za-z0-9.-]", ":") + ":" + view.avatar());
        json.put("title", view.avatar());
        json.put("base", base + "/avatars/" + view.avatar() + "/");
        json.putObject("securityDefinitions")
                .putObject("bearer")
                .put("scheme", "bearer")
                .put("in", "header");
        json.put("security", "bearer");
        var properties = json.putObject("properties");
        units(view, permissions)
                .forEach(
                        (property, unit) -> {
                            var described = properties.putObject(property);
                            var latest = view.latest().get(property);
                            described.put("type", latest == null ? "number" : type(latest.value()));
                            described.put("readOnly", true);
                            if (!unit.isEmpty()) described.put("unit", unit);
                            described
                                    .putArray("forms")
                                    .addObject()
                                    .put("href", "properties/" + property)
                                    .put("contentType", "application/json")
                                    .put("op", "readproperty");
                        });
        json.putArray("links")
                .addObject()
                .put("rel", "alternate")
                .put(
                        "href",
                        base.replaceFirst("^http", "ws") + "/avatars/" + view.avatar() + "/stream")
                .put("type", "application/json");
        return json;
    }

    /// Every property that a mapping shares or that ever came, with its unit if that is known.
    private static Map<String, String> units(View view, List<Permission> permissions) {
        var units = new TreeMap<String, String>();
        for (var permission : permissions) {
            for (var property : permission.mapping().shares().keySet()) {
                units.put(property, Derived.named(property).map(Derived::unit).orElse(""));
            }
        }
        view.latest().forEach((property, reading) -> units.put(property, reading.unit()));
        return units;
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Quantity ignored -> "number";
            case Value.Sum ignored -> "number";
            case Value.Text ignored -> "string";
            case Value.Flag ignored -> "boolean";
            case Value.Data ignored -> "string";
        };
    }
}
