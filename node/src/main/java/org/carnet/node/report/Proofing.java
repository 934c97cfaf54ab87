// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.report;

import org.carnet.log.Hash;
import org.carnet.log.Proofs;
import org.carnet.log.TileReader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Proofs of many records under one checkpoint, which share their hashes: near the root all of them are the same.
final class Proofing {
    /// Proofs keep the tiles that they have read; so many are answered before those are let go.
    private static final int RENEWED_AFTER = 512;

    private final TileReader tiles;
    private final long records;
    private final Map<Hash, Integer> places = new LinkedHashMap<>();
    private Proofs proofs;
    private int answered;

    Proofing(TileReader tiles, long records) {
        this.tiles = tiles;
        this.records = records;
        this.proofs = new Proofs(tiles, records);
    }

    /// The way from the record to the root, as places in [#hashes].
    List<Integer> prove(long index) throws IOException {
        if (++answered % RENEWED_AFTER == 0) proofs = new Proofs(tiles, records);
        var path = new ArrayList<Integer>();
        for (var hash : proofs.inclusion(index).path()) {
            var next = places.size();
            var place = places.putIfAbsent(hash, next);
            path.add(place == null ? next : place);
        }
        return path;
    }

    /// How many hashes there are so far.
    int size() {
        return places.size();
    }

    List<Hash> hashes() {
        return List.copyOf(places.keySet());
    }
}
