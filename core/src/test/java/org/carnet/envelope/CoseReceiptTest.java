// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;

import org.carnet.Bytes;
import org.carnet.identity.Algorithm;
import org.carnet.identity.DidKey;
import org.carnet.identity.MlDsaVerificationKey;
import org.carnet.identity.VerificationKey;
import org.carnet.log.CompactTree;
import org.carnet.log.ConsistencyProof;
import org.carnet.log.Hash;
import org.carnet.log.InclusionProof;
import org.carnet.log.KeysForTests;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.MerkleHash;
import org.carnet.log.NoteVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

class CoseReceiptTest {
    private static final List<Hash> LEAVES =
            IntStream.range(0, 5).mapToObj(i -> MerkleHash.leaf(Bytes.utf8("entry " + i))).toList();

    private final LogSigner log = KeysForTests.log("example.com/log", 1);
    private final LogVerifier keys = log.verifier();

    private static Hash root(int size) {
        var tree = new CompactTree();
        LEAVES.subList(0, size).forEach(tree::append);
        return tree.root();
    }

    /// The third of five: beside it the fourth, the first two, and the fifth.
    private static InclusionProof inclusion() {
        return new InclusionProof(2, 5, List.of(LEAVES.get(3), root(2), LEAVES.get(4)));
    }

    private static ConsistencyProof consistency() {
        return new ConsistencyProof(
                3, 5, List.of(LEAVES.get(2), LEAVES.get(3), root(2), LEAVES.get(4)));
    }

    private CoseReceipt included(int key) {
        var claim = new CoseReceipt.Included(inclusion());
        return CoseReceipt.sign(log, keys.keys().get(key), claim, root(5));
    }

    private CoseReceipt grown(int key) {
        var claim = new CoseReceipt.Grown(consistency());
        return CoseReceipt.sign(log, keys.keys().get(key), claim, root(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatWasSignedIsBelievedAfterTheWayThroughBytes(int key) {
        var entry = CoseReceipt.parse(included(key).encode());
        assertThat(entry).isEqualTo(included(key));
        assertThat(entry.isPostQuantum()).isEqualTo(key == 1);
        assertThat(entry.verifiesEntry(LEAVES.get(2), keys)).isTrue();
        assertThat(entry.verifiesEntry(LEAVES.get(3), keys)).isFalse();
        assertThat(entry.verifiesGrowth(root(3), keys)).isFalse();
        var growth = CoseReceipt.parse(grown(key).encode());
        assertThat(growth.verifiesGrowth(root(3), keys)).isTrue();
        assertThat(growth.verifiesGrowth(root(2), keys)).isFalse();
        assertThat(growth.verifiesEntry(LEAVES.get(2), keys)).isFalse();
        var others = KeysForTests.log("example.com/log", 2).verifier();
        assertThat(entry.verifiesEntry(LEAVES.get(2), others)).isFalse();
        assertThat(entry.verifiesEntry(LEAVES.get(2), LogVerifier.of(keys.keys().get(1 - key))))
                .isFalse();
    }

    /// RFC 9942 read with another library of CBOR, and checked with nothing of this class.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSecondOpinionReadsTheSameReceipt(int key) {
        var sign1 = CBORObject.DecodeFromBytes(included(key).encode().toArray());
        assertThat(sign1.HasOneTag(18)).isTrue();
        var header = sign1.get(0).GetByteString();
        var labels = CBORObject.DecodeFromBytes(header);
        assertThat(labels.get(CBORObject.FromObject(1)).AsInt32()).isEqualTo(key == 0 ? -8 : -48);
        assertThat(labels.get(CBORObject.FromObject(395)).AsInt32()).isEqualTo(1);
        assertThat(labels.get(CBORObject.FromObject(4)).GetByteString())
                .isEqualTo(Bytes.utf8(keys.keys().get(key).toString()).toArray());
        assertThat(sign1.get(2).isNull()).isTrue();
        var proofs = sign1.get(1).get(CBORObject.FromObject(396)).get(CBORObject.FromObject(-1));
        assertThat(proofs.size()).isEqualTo(1);
        var proof = CBORObject.DecodeFromBytes(proofs.get(0).GetByteString());
        assertThat(proof.get(0).AsInt32()).isEqualTo(5);
        assertThat(proof.get(1).AsInt32()).isEqualTo(2);
        assertThat(proof.get(2).size()).isEqualTo(3);
        assertThat(proof.get(2).get(0).GetByteString()).isEqualTo(LEAVES.get(3).bytes().toArray());

        var structure =
                CBORObject.NewArray()
                        .Add("Signature1")
                        .Add(header)
                        .Add(new byte[0])
                        .Add(root(5).bytes().toArray())
                        .EncodeToBytes();
        var signature = sign1.get(3).GetByteString();
        var publicKey = keys.keys().get(key).publicKey();
        boolean verified =
                key == 0
                        ? VerificationKey.of(DidKey.of(Algorithm.ED25519, publicKey))
                                .verify(structure, signature)
                        : MlDsaVerificationKey.of(publicKey)
                                .verify(Bytes.unsafe(structure), Bytes.unsafe(signature));
        assertThat(verified).isTrue();
    }

    /// RFC 9942 signs the root and not the size of the tree: a size with which the same hashes give the same root passes.
    @Test
    void noBitOfAReceiptCanBeChangedButThoseOfTheSize() {
        for (var receipt : List.of(included(0), grown(0))) {
            var encoded = receipt.encode();
            for (int at = 0; at < encoded.length(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    var changed = encoded.toArray();
                    changed[at] ^= (byte) (1 << bit);
                    if (!isBelieved(Bytes.unsafe(changed))) continue;
                    assertThat(withoutSize(CoseReceipt.parse(Bytes.unsafe(changed))))
                            .as("bit %d of byte %d", bit, at)
                            .isEqualTo(withoutSize(receipt));
                }
                assertThat(isBelieved(encoded.slice(0, at))).as("cut at %d", at).isFalse();
            }
        }
    }

    private static CoseReceipt withoutSize(CoseReceipt receipt) {
        CoseReceipt.Claim claim =
                switch (receipt.claim()) {
                    case CoseReceipt.Included(InclusionProof p) ->
                            new CoseReceipt.Included(new InclusionProof(p.index(), 0, p.path()));
                    case CoseReceipt.Grown(ConsistencyProof p) ->
                            new CoseReceipt.Grown(
                                    new ConsistencyProof(p.earlierSize(), 0, p.path()));
                };
        return new CoseReceipt(
                receipt.isPostQuantum(), receipt.keyId(), claim, receipt.signature());
    }

    private boolean isBelieved(Bytes encoded) {
        try {
            var receipt = CoseReceipt.parse(encoded);
            return receipt.verifiesEntry(LEAVES.get(2), keys)
                    || receipt.verifiesGrowth(root(3), keys);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Test
    void whatIsNotExactlyAReceiptIsRefused() {
        refused(receipt -> receipt.Untag());
        refused(receipt -> CBORObject.FromObjectAndTag(receipt.Untag(), 98));
        refused(receipt -> receipt.Set(2, CBORObject.FromObject(root(5).bytes().toArray())));
        refused(receipt -> receipt.Set(1, CBORObject.NewMap()));
        refused(
                receipt -> {
                    receipt.get(1).Add(4, new byte[] {1});
                    return receipt;
                });
        refused(receipt -> receipt.Set(0, header(-7, 1)));
        refused(receipt -> receipt.Set(0, header(-8, 2)));
        refused(receipt -> receipt.Add(0));
        refused(
                receipt -> {
                    var kinds = receipt.get(1).get(CBORObject.FromObject(396));
                    kinds.Add(-2, kinds.get(CBORObject.FromObject(-1)));
                    return receipt;
                });
        var twice = Bytes.hex(included(0).encode().toHex() + "00");
        assertThatThrownBy(() -> CoseReceipt.parse(twice)).hasMessageContaining("receipt");
        // The head of the array in two bytes instead of one.
        var longer = Bytes.hex(included(0).encode().toHex().replaceFirst("d284", "d29804"));
        assertThatThrownBy(() -> CoseReceipt.parse(longer)).hasMessageContaining("one way");
    }

    private static CBORObject header(int algorithm, int structure) {
        var labels = CBORObject.NewOrderedMap().Add(1, algorithm).Add(4, new byte[] {'k'});
        return CBORObject.FromObject(labels.Add(395, structure).EncodeToBytes());
    }

    private void refused(UnaryOperator<CBORObject> change) {
        var receipt = CBORObject.DecodeFromBytes(included(0).encode().toArray());
        var changed = Bytes.unsafe(change.apply(receipt).EncodeToBytes());
        assertThatThrownBy(() -> CoseReceipt.parse(changed))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLogSignsNothingButReceiptsByThisWay() {
        var text = Bytes.utf8("example.com/log\n5\n" + root(5).toBase64() + "\n");
        var key = keys.keys().getFirst();
        assertThatThrownBy(() -> log.signCose(key, text)).hasMessageContaining("Sig_structure");
        var foreign = KeysForTests.log("example.com/other", 2).verifier().keys().getFirst();
        var structure = Bytes.unsafe(CosePack.toBeSigned(new byte[0], new byte[32]));
        assertThatThrownBy(() -> log.signCose(foreign, structure))
                .hasMessageContaining("not a key");
        assertThat(
                        NoteVerifier.parse(key.vkey())
                                .verifiesCose(structure, log.signCose(key, structure)))
                .isTrue();
    }
}
