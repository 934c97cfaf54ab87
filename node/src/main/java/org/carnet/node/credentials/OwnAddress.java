// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;

import java.net.URI;

/// Where others reach this node's status lists: what the settings say, else where it listens.
record OwnAddress(Settings settings, Ports ports) {
    String base() {
        var said = settings.credentials().url().or(() -> settings.witness().url());
        return said.map(URI::toString).orElseGet(this::listening).replaceFirst("/$", "");
    }

    private String listening() {
        boolean plain = ports.of("tls").isEmpty();
        var address = settings.http().address();
        var host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
        return "%s://%s:%d"
                .formatted(
                        plain ? "http" : "https",
                        host.contains(":") ? "[" + host + "]" : host,
                        ports.of(plain ? "http" : "tls").orElseThrow());
    }
}
