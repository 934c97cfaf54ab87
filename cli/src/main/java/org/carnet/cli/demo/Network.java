// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import java.io.IOException;
import java.util.List;

/// The three platforms of the demo and where they work.
///
/// @param maker of watches, whom Pulse believes
record Network(Workshop workshop, Maker maker, Platform pulse, Platform agora, Platform arcadia) {

    List<Platform> all() {
        return List.of(pulse, agora, arcadia);
    }

    void requireAlive() throws IOException {
        for (var platform : all()) platform.requireAlive();
    }
}
