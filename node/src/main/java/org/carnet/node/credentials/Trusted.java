// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.jose.Json;
import org.carnet.node.settings.Settings;

import tools.jackson.databind.node.ObjectNode;

/// Whom this node believes, and how fresh that is: what its operator should know before a certification counts or fails.
final class Trusted {
    private final String issuer;
    private final Settings.Credentials settings;
    private final StatusChecks status;

    /// @param issuer by which DID this node certifies others
    Trusted(String issuer, Settings.Credentials settings, StatusChecks status) {
        this.issuer = issuer;
        this.settings = settings;
        this.status = status;
    }

    ObjectNode json() {
        var json = Json.object().put("issuer", issuer);
        settings.certifiers().stream().sorted().forEach(json.putArray("accepted")::add);
        json.put("ttl", settings.statusTtl().toSeconds());
        json.put("age", settings.statusAge().toSeconds());
        var lists = json.putArray("lists");
        for (var known : status.known()) {
            var list = lists.addObject().put("url", known.url());
            known.fetched().ifPresent(at -> list.put("fetched", at.toString()));
            known.usable().ifPresent(at -> list.put("usable", at.toString()));
            known.trouble().ifPresent(why -> list.put("trouble", why));
        }
        return json;
    }
}
