// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.client.NodeClient;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Something that a node does in its own time, and that the command line waits for.
final class BackupJob {
    private static final int LOOK_MILLIS = 200;

    private BackupJob() {}

    /// Asks for it and waits until it is done.
    ///
    /// @throws CommandFailed if it failed, or was overtaken by another
    static JsonNode await(NodeClient node, String path) throws IOException, InterruptedException {
        int job = node.post(path, Map.of()).path("job").asInt();
        while (true) {
            var newest = node.get("api/backup");
            if (newest.path("job").asInt() != job) {
                throw new CommandFailed(
                        Exit.UNAVAILABLE, "somebody else asked for another job meanwhile");
            }
            switch (newest.path("state").asString()) {
                case "done" -> {
                    return newest.path("result");
                }
                case "failed" ->
                        throw new CommandFailed(
                                Exit.CHECK_FAILED, newest.path("failure").asString());
                default -> TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }
}
