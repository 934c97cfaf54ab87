// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;

/// Where a running node really listens, by protocol: `http`, `tls`, `mqtt`; a setting may have said any free port.
///
/// Each listener reports itself here once it is open, and a protocol that is off never does.
public final class Ports {
    private final Map<String, Integer> open = new ConcurrentSkipListMap<>();

    public void opened(String protocol, int port) {
        open.put(protocol, port);
    }

    public OptionalInt of(String protocol) {
        var port = open.get(protocol);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    public Map<String, Integer> all() {
        return Map.copyOf(open);
    }
}
