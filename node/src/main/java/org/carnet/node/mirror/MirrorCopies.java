// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.client.Trust;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.SealedRecords.Sealed;
import org.carnet.node.settings.Settings;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The copies of this node's own records at its mirrors: the first mirror that has something is believed to be as good
/// as any, for nothing that it gives is used before it is checked.
final class MirrorCopies implements RecordCopy {
    private final Map<String, Settings.Peer> mirrors;
    private final String origin;

    /// @param mirrors of this node's log
    MirrorCopies(Map<String, Settings.Peer> mirrors, String origin) {
        this.mirrors = Map.copyOf(mirrors);
        this.origin = origin;
    }

    private interface Question<T> {
        T ask(MirrorCopy mirror) throws IOException;
    }

    private <T> T first(Question<T> question) throws IOException {
        var nothing = new IOException("no mirror has it");
        for (var peer : mirrors.values()) {
            try (var mirror = new MirrorCopy(peer.url(), trust(peer), origin)) {
                return question.ask(mirror);
            } catch (IOException notThere) {
                nothing.addSuppressed(notThere);
            }
        }
        throw nothing;
    }

    private static Trust trust(Settings.Peer peer) throws IOException {
        return peer.authority().isPresent()
                ? Trust.authority(peer.authority().get())
                : Trust.usual();
    }

    @Override
    public Bytes checkpoint() throws IOException {
        return first(MirrorCopy::checkpoint);
    }

    @Override
    public List<Sealed> read(long first, long end) throws IOException {
        return first(mirror -> mirror.read(first, end));
    }

    @Override
    public String place() {
        return "a mirror";
    }
}
