// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.console;

import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import java.io.IOException;
import java.time.Duration;

/// Tells a page what passes over the reference points, twice a second.
final class FrameworkSocket extends AbstractWebSocketHandler {
    static final String PATH = "/api/framework/stream";

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Framework framework;

    FrameworkSocket(Framework framework) {
        this.framework = framework;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        Thread.ofVirtual().name("framework-" + session.getId()).start(() -> tell(session));
    }

    private void tell(WebSocketSession session) {
        try {
            while (session.isOpen()) {
                session.sendMessage(new TextMessage(framework.state().toString()));
                Thread.sleep(PERIOD);
            }
        } catch (IOException e) {
            // The page went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
