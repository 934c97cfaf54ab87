// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.bench;

import org.carnet.cli.process.NodeProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/// Programs that prove who they are to a node in another process, each with a new signed assertion and a new proof of the
/// key that the token is bound to, until they hold the access token.
final class SignIns {
    /// As many at once as there are in the second figure.
    static final int CLIENTS = 8;

    private final Path directory;
    private final double seconds;

    SignIns(Path directory, double seconds) {
        this.directory = directory;
        this.seconds = seconds;
    }

    /// @param alone one program after the other
    /// @param together [#CLIENTS] at a time
    record Figures(ClosedLoop.Result alone, ClosedLoop.Result together) {}

    Figures measure() throws IOException, InterruptedException {
        try (var node = NodeProcess.start(directory, Map.of("name", "bench"));
                var anybody = node.anybody()) {
            var key = node.key();
            ClosedLoop.Client client =
                    () -> {
                        anybody.as(key).signIn();
                        return true;
                    };
            var clients = new ArrayList<ClosedLoop.Client>();
            for (int i = 0; i < CLIENTS; i++) clients.add(client);
            ClosedLoop.run(clients, seconds);
            var alone = ClosedLoop.run(clients.subList(0, 1), seconds);
            return new Figures(alone, ClosedLoop.run(clients, seconds));
        }
    }
}
