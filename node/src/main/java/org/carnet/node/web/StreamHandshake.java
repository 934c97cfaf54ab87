// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.carnet.node.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import java.security.Principal;
import java.util.Map;

/// Opens WebSocket streams; every one of them is registered with it.
/// The subprotocol that answers is always `carnet`.
public final class StreamHandshake extends DefaultHandshakeHandler {
    private static final String CALLER = Caller.class.getName();

    public StreamHandshake() {
        setSupportedProtocols("carnet");
    }

    /// Who opened the stream.
    public static Caller caller(WebSocketSession session) {
        return session.getAttributes().get(CALLER) instanceof Caller caller
                ? caller
                : Caller.VISITOR;
    }

    /// Names nobody to Spring, and keeps who was found for the stream.
    @Override
    protected @Nullable Principal determineUser(
            ServerHttpRequest request, WebSocketHandler handler, Map<String, Object> attributes) {
        if (request instanceof ServletServerHttpRequest servlet) {
            attributes.put(CALLER, Caller.of(servlet.getServletRequest()));
        }
        return null;
    }
}
