// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/// Opens WebSocket streams; every one of them is registered with it.
///
/// The subprotocol that answers is always `carnet`, so that a browser's `bearer.…`, which carries its token, is
/// never sent back.
public final class StreamHandshake extends DefaultHandshakeHandler {
    public StreamHandshake() {
        setSupportedProtocols("carnet");
    }
}
