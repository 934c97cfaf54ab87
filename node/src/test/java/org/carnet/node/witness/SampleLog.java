// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.MlDsaSigningKey;
import org.carnet.identity.SigningKey;
import org.carnet.log.Checkpoint;
import org.carnet.log.CompactTree;
import org.carnet.log.ConsistencyProof;
import org.carnet.log.Cosigner;
import org.carnet.log.Hash;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.Proofs;
import org.carnet.log.SignedNote;
import org.carnet.log.Tile;
import org.carnet.log.TileReader;
import org.carnet.log.VerifiedCheckpoint;
import org.carnet.node.points.OwnLog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A log in memory that grows, and can be made to tell two stories.
final class SampleLog implements OwnLog, TileReader {
    private final String origin;
    private final LogSigner signer;
    private final InstantSource clock;
    private final List<Hash> leaves;
    private volatile SignedNote checkpoint;

    private SampleLog(String origin, LogSigner signer, InstantSource clock, List<Hash> leaves) {
        this.origin = origin;
        this.signer = signer;
        this.clock = clock;
        this.leaves = leaves;
        this.checkpoint = signer.sign(leaves.size(), root(leaves), clock.instant());
    }

    static SampleLog of(String origin, InstantSource clock) {
        return new SampleLog(
                origin,
                new LogSigner(key(origin + "1"), cosigner(origin)),
                clock,
                new ArrayList<>());
    }

    static Cosigner cosigner(String name) {
        return new Cosigner(name, key(name + "2"), MlDsaSigningKey.of(seed(name + "3")));
    }

    private static SigningKey key(String name) {
        return SigningKey.of(Algorithm.ED25519, seed(name));
    }

    private static Bytes seed(String name) {
        return MerkleHash.leaf(Bytes.utf8(name)).bytes();
    }

    /// The same log as it was at that size, with the same keys.
    SampleLog copy(int size) {
        return new SampleLog(origin, signer, clock, new ArrayList<>(leaves.subList(0, size)));
    }

    /// Grows to that size by records that nobody else has written, and signs that.
    synchronized SampleLog grow(int size, String by) {
        while (leaves.size() < size) leaves.add(MerkleHash.leaf(Bytes.utf8(by + leaves.size())));
        checkpoint = signer.sign(size, root(leaves), clock.instant());
        return this;
    }

    private static Hash root(List<Hash> leaves) {
        var tree = new CompactTree();
        leaves.forEach(tree::append);
        return tree.root();
    }

    @Override
    public LogVerifier keys() {
        return signer.verifier();
    }

    @Override
    public SignedNote checkpoint() {
        return checkpoint;
    }

    VerifiedCheckpoint verified() {
        return (VerifiedCheckpoint) Checkpoint.verify(checkpoint, keys());
    }

    List<Hash> proof(long earlier) {
        try {
            long size = Checkpoint.parse(checkpoint.text()).size();
            ConsistencyProof proof = new Proofs(this, size).consistency(earlier);
            return proof.path();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public TileReader tiles() {
        return this;
    }

    @Override
    public synchronized Bytes tile(Tile tile) throws IOException {
        int span = 1;
        for (int i = 0; i < tile.level(); i++) span *= Tile.FULL_WIDTH;
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < tile.width(); i++) {
            int start = (int) (tile.index() * Tile.FULL_WIDTH + i) * span;
            if (start + span > leaves.size()) throw new IOException(tile.path() + " is not there");
            var hash = root(leaves.subList(start, start + span));
            content.writeBytes(hash.bytes().toArray());
        }
        return Bytes.unsafe(content.toByteArray());
    }

    @Override
    public Bytes entries(long index, int width) throws IOException {
        throw new IOException("nobody asks for entries here");
    }
}
