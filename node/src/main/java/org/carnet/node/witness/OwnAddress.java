// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.node.settings.Ports;
import org.carnet.node.settings.Settings;

import java.net.URI;
import java.util.Optional;

/// Where other platforms reach this node: what the settings say, else where it listens.
record OwnAddress(Settings settings, Ports ports) {

    /// Empty if it listens at every address of its machine, so that nobody knows which to name.
    Optional<URI> url() {
        var said = settings.witness().url();
        if (said.isPresent()) return said;
        var address = settings.http().address();
        if (address.isAnyLocalAddress()) return Optional.empty();
        var scheme = settings.http().loopback() ? "http" : "https";
        var port = ports.of(settings.http().loopback() ? "http" : "tls");
        if (port.isEmpty()) return Optional.empty();
        var host = address.getHostAddress();
        return Optional.of(
                URI.create(
                        "%s://%s:%d"
                                .formatted(
                                        scheme,
                                        host.contains(":") ? "[" + host + "]" : host,
                                        port.getAsInt())));
    }
}
