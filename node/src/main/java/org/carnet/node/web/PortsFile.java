// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.carnet.node.files.WholeFile;
import org.carnet.node.settings.Ports;
import org.springframework.context.SmartLifecycle;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells programs of this machine where the node listens: `ports.json` is there once everything is open, and only then.
final class PortsFile implements SmartLifecycle {
    private final Path file;
    private final Ports ports;
    private volatile boolean written;

    PortsFile(Path directory, Ports ports) {
        this.file = directory.resolve("ports.json");
        this.ports = ports;
    }

    /// Last to start, first to stop.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        try {
            WholeFile.write(file, JsonMapper.shared().writeValueAsString(ports.all()) + "\n");
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(file);
            written = false;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }

    @Override
    public boolean isRunning() {
        return written;
    }
}
