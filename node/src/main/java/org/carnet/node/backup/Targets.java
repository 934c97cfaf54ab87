// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.client.Trust;
import org.carnet.node.external.DirectoryStorage;
import org.carnet.node.external.ExternalStorage;
import org.carnet.node.external.NodeStorage;
import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Opens the places where backups lie.
public final class Targets {
    private static final String DIRECTORY = "directory:";
    private static final String PEER = "peer:";

    private final InstantSource clock;
    private final SecureRandom random;

    public Targets(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// The target of the settings, which has one.
    public ExternalStorage open(Settings settings, BackupKey key) throws IOException {
        var target = settings.backup().target().orElseThrow();
        if (target.startsWith(DIRECTORY)) {
            return new DirectoryStorage(Path.of(target.substring(DIRECTORY.length())));
        }
        var name = target.substring(PEER.length());
        var peer = settings.peers().get(name);
        if (peer == null) throw new IOException("there is no peer " + name);
        var trust =
                peer.authority().isPresent()
                        ? Trust.authority(peer.authority().get())
                        : Trust.usual();
        return node(name, peer.url(), trust, key);
    }

    /// Another node, by its name and address.
    public ExternalStorage node(String name, URI address, Trust trust, BackupKey key) {
        return new NodeStorage(name, address, trust.context(), key.identity(), clock, random);
    }
}
