// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.mirror;

import org.carnet.Bytes;
import org.carnet.client.Trust;
import org.carnet.log.EntryBundle;
import org.carnet.log.Tile;
import org.carnet.node.points.RecordCopy;
import org.carnet.node.points.SealedRecords.Sealed;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The records of a log as a mirror has them: leaves from its bundles, sealed details beside them.
public final class MirrorCopy implements RecordCopy, AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final MirrorLink link;
    private final String origin;

    /// @param address of the node that mirrors, such as `https://storehouse.example:8443`
    /// @param origin of the log
    public MirrorCopy(URI address, Trust trust, String origin) {
        this.link = new MirrorLink(address, trust.context());
        this.origin = origin;
    }

    @Override
    public Bytes checkpoint() throws IOException {
        return content("checkpoint");
    }

    /// The checkpoint that the same node cosigned last as a witness, if it did.
    public Optional<Bytes> witnessed() throws IOException {
        var reply = link.get("/witness/" + OriginHash.of(origin) + "/checkpoint");
        return reply.status() == OK ? Optional.of(reply.body()) : Optional.empty();
    }

    @Override
    public List<Sealed> read(long first, long end) throws IOException {
        long bundle = first / Tile.FULL_WIDTH;
        long start = bundle * Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, end - start);
        var leaves = leaves(bundle, width);
        var details = details(bundle);
        var records = new ArrayList<Sealed>();
        for (int i = (int) (first - start); i < width; i++) {
            if (i >= details.size() || details.get(i).length() == 0) {
                if (!records.isEmpty()) return records;
                throw new IOException(
                        "%s does not have the details of record %d".formatted(place(), start + i));
            }
            records.add(new Sealed(leaves.get(i), details.get(i)));
        }
        return records;
    }

    private List<Bytes> leaves(long bundle, int width) throws IOException {
        try {
            var partial = link.get(OriginHash.of(origin) + "/" + EntryBundle.path(bundle, width));
            if (partial.status() == OK) {
                return EntryBundle.parse(partial.body(), width).entries();
            }
            var full = EntryBundle.path(bundle, Tile.FULL_WIDTH);
            return EntryBundle.parse(content(full), Tile.FULL_WIDTH).entries().subList(0, width);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(place() + " has a bundle that is none", malformed);
        }
    }

    private List<Bytes> details(long bundle) throws IOException {
        try {
            return AddDetails.Slots.parse(content(AddDetails.Slots.path(bundle))).details();
        } catch (IllegalArgumentException malformed) {
            throw new IOException(place() + " has details that are none", malformed);
        }
    }

    private Bytes content(String path) throws IOException {
        var reply = link.get(OriginHash.of(origin) + "/" + path);
        if (reply.status() == OK) return reply.body();
        throw new IOException(
                reply.status() == NOT_FOUND
                        ? place() + " does not have " + path
                        : place() + " answers " + reply.status() + " for " + path);
    }

    @Override
    public String place() {
        return "the mirror at " + link.prefix();
    }

    @Override
    public void close() {
        link.close();
    }
}
