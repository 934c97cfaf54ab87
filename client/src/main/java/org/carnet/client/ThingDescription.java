// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.identity.DidKey;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes W3C Thing Descriptions 1.1 of things that push their data.
///
/// The form of each property is the name under which its values stand in the thing's updates, since nobody can ask
/// the thing itself. Who may see the values is decided by mappings, and who sent them is shown by signatures, so the
/// thing has no access control of its own.
public final class ThingDescription {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONTEXT = "https://www.w3.org/2022/wot/td/v1.1";

    private final DidKey id;
    private final ObjectNode description = JSON.createObjectNode();
    private final ObjectNode properties = JSON.createObjectNode();

    private ThingDescription(DidKey id, String title) {
        this.id = id;
        description.put("@context", CONTEXT);
        description.put("id", id.value());
        description.put("title", title);
        description
                .putObject("securityDefinitions")
                .putObject("open")
                .put("scheme", "nosec")
                .put("description", "Every update is signed with the key that the id names.");
        description.put("security", "open");
        description.set("properties", properties);
    }

    /// A thing with no property yet.
    public static ThingDescription of(DidKey id, String title) {
        return new ThingDescription(id, title);
    }

    /// A watch that measures acceleration and rotation of the wrist and knows what its wearer does.
    public static ThingDescription ofWatch(DidKey id, String title) {
        var watch = of(id, title);
        for (var axis : new String[] {"x", "y", "z"}) {
            watch.quantity("acceleration-" + axis, "Acceleration along " + axis, "m/s2");
            watch.quantity("rotation-" + axis, "Rotation about " + axis, "rad/s");
        }
        return watch.text("activity", "What the wearer does");
    }

    /// @param unit of the SenML registry
    public ThingDescription quantity(String property, String unit) {
        return quantity(property, property, unit);
    }

    private ThingDescription quantity(String property, String title, String unit) {
        property(property, title, "number").put("unit", unit);
        return this;
    }

    public ThingDescription text(String property) {
        return text(property, property);
    }

    private ThingDescription text(String property, String title) {
        property(property, title, "string");
        return this;
    }

    /// The description as Jackson's tree, to be sent or saved.
    public ObjectNode toJson() {
        return description.deepCopy();
    }

    private ObjectNode property(String name, String title, String type) {
        var property = properties.putObject(name);
        property.put("title", title)
                .put("type", type)
                .put("readOnly", true)
                .put("observable", true);
        property.putArray("forms")
                .addObject()
                .put("href", id.value() + "/" + name)
                .put("op", "observeproperty")
                .put("contentType", "application/senml+json");
        return property;
    }
}
