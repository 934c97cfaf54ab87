// SPDX-License-Identifier: Apache-2.0
package org.carnet.envelope;

import org.carnet.Bytes;
import org.carnet.log.ConsistencyProof;
import org.carnet.log.Hash;
import org.carnet.log.InclusionProof;
import org.carnet.log.LogSigner;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A proof that an entry is in a log, or that the log only grew, signed as COSE (COSE Receipts, RFC 9942).
///
/// ```text
/// 18([ <<{1: alg, 4: kid, 395: 1}>>, {396: {-1: [<<[size, index, [hash…]]>>]}}, null, signature ])   inclusion
/// 18([ <<{1: alg, 4: kid, 395: 1}>>, {396: {-2: [<<[earlier, size, [hash…]]>>]}}, null, signature ]) consistency
/// ```
/// 395 names the tree (1, RFC9162_SHA256), 396 holds the proof. `alg` is -8 (EdDSA) or -48 (ML-DSA-44, RFC 9964); `kid` is
/// the name and id of the vkey. The payload is detached: it is the root, which whoever verifies computes from the entry
/// and the proof. So the root is signed, and the sizes are not: another size that gives the same root with the same hashes
/// verifies as well, and only a checkpoint tells the size for certain. A receipt that exists is well formed and was read from its only encoding.
///
/// @param keyId which key of the log signed
/// @param claim what is proved
public record CoseReceipt(boolean isPostQuantum, String keyId, Claim claim, Bytes signature) {
    private static final int SIGN1 = 18;
    private static final long ALGORITHM = 1;
    private static final long KEY_ID = 4;
    private static final long STRUCTURE = 395;
    private static final long PROOFS = 396;
    private static final long RFC9162_SHA256 = 1;
    private static final long INCLUSION = -1;
    private static final long CONSISTENCY = -2;
    private static final long EDDSA = -8;
    private static final long ML_DSA_44 = -48;
    private static final int LONGEST_PATH = 126;

    /// What a receipt proves, once it verifies.
    public sealed interface Claim {}

    public record Included(InclusionProof proof) implements Claim {}

    public record Grown(ConsistencyProof proof) implements Claim {}

    /// Signs a claim about the tree with this root, which the log must have signed a checkpoint of.
    public static CoseReceipt sign(LogSigner log, NoteVerifier key, Claim claim, Hash root) {
        var header = header(key.isPostQuantum(), key.toString());
        return new CoseReceipt(
                key.isPostQuantum(),
                key.toString(),
                claim,
                log.signCose(key, toBeSigned(header, root)));
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one receipt
    public static CoseReceipt parse(Bytes encoded) {
        try {
            var receipt = read(new CborReader(encoded.unsafeArray(), CoseReceipt::malformed));
            if (!receipt.encode().equals(encoded)) {
                throw malformed("it is not encoded in the one way");
            }
            return receipt;
        } catch (Malformed why) {
            throw new IllegalArgumentException("not a COSE receipt: " + why.getMessage());
        }
    }

    private static Malformed malformed(String detail) {
        return Malformed.envelope(detail);
    }

    private static CoseReceipt read(CborReader in) throws Malformed {
        require(in.tag() == SIGN1 && in.array() == 4, "it is not a tagged COSE_Sign1");
        var header = new CborReader(in.bytes(), CoseReceipt::malformed);
        require(header.map() == 3, "the protected header has not three labels");
        require(header.whole() == ALGORITHM, "the protected header has no algorithm");
        long algorithm = header.whole();
        require(algorithm == EDDSA || algorithm == ML_DSA_44, "the algorithm is not known");
        require(header.whole() == KEY_ID, "the protected header has no key id");
        var keyId = header.utf8(header.bytes());
        require(header.whole() == STRUCTURE, "the protected header names no data structure");
        require(header.whole() == RFC9162_SHA256, "the data structure is not RFC9162_SHA256");
        header.end();
        require(in.map() == 1 && in.whole() == PROOFS, "it has no proofs, or something else");
        require(in.map() == 1, "it does not have one kind of proof");
        long kind = in.whole();
        require(kind == INCLUSION || kind == CONSISTENCY, "the kind of proof is not known");
        require(in.array() == 1, "it does not have one proof");
        var claim = claim(kind, new CborReader(in.bytes(), CoseReceipt::malformed));
        in.nothing();
        var signature = Bytes.unsafe(in.bytes());
        in.end();
        return new CoseReceipt(algorithm == ML_DSA_44, keyId, claim, signature);
    }

    private static Claim claim(long kind, CborReader in) throws Malformed {
        require(in.array() == 3, "a proof does not have three members");
        long first = natural(in);
        long second = natural(in);
        int length = in.array();
        require(length <= LONGEST_PATH, "the path is too long");
        var path = new ArrayList<Hash>();
        for (int i = 0; i < length; i++) {
            var hash = Bytes.unsafe(in.bytes());
            require(hash.length() == Hash.LENGTH, "a hash does not have 32 bytes");
            path.add(new Hash(hash));
        }
        in.end();
        return kind == INCLUSION
                ? new Included(new InclusionProof(second, first, path))
                : new Grown(new ConsistencyProof(first, second, path));
    }

    private static long natural(CborReader in) throws Malformed {
        long number = in.whole();
        require(number >= 0, "a size or index is negative");
        return number;
    }

    private static void require(boolean holds, String otherwise) throws Malformed {
        if (!holds) throw malformed(otherwise);
    }

    /// Whether it proves that the entry with this hash is in the log with these keys.
    public boolean verifiesEntry(Hash leaf, LogVerifier log) {
        return claim instanceof Included(InclusionProof proof) && isSigned(proof.root(leaf), log);
    }

    /// Whether it proves that the log with these keys grew from a tree with this root.
    public boolean verifiesGrowth(Hash earlierRoot, LogVerifier log) {
        return claim instanceof Grown(ConsistencyProof proof)
                && isSigned(proof.root(earlierRoot), log);
    }

    private boolean isSigned(Optional<Hash> root, LogVerifier log) {
        if (root.isEmpty()) return false;
        var structure = toBeSigned(header(isPostQuantum, keyId), root.get());
        return log.keys().stream()
                .filter(key -> key.toString().equals(keyId) && key.isPostQuantum() == isPostQuantum)
                .anyMatch(key -> key.verifiesCose(structure, signature));
    }

    public Bytes encode() {
        var kind = claim instanceof Included ? INCLUSION : CONSISTENCY;
        return Bytes.unsafe(
                new CborWriter()
                        .tag(SIGN1)
                        .array(4)
                        .bytes(header(isPostQuantum, keyId))
                        .map(1)
                        .whole(PROOFS)
                        .map(1)
                        .whole(kind)
                        .array(1)
                        .bytes(proof())
                        .nothing()
                        .bytes(signature.unsafeArray())
                        .toBytes());
    }

    private byte[] proof() {
        return switch (claim) {
            case Included(InclusionProof proof) -> proof(proof.size(), proof.index(), proof.path());
            case Grown(ConsistencyProof proof) ->
                    proof(proof.earlierSize(), proof.size(), proof.path());
        };
    }

    private static byte[] proof(long first, long second, List<Hash> path) {
        var writer = new CborWriter().array(3).whole(first).whole(second).array(path.size());
        for (var hash : path) writer.bytes(hash.bytes().unsafeArray());
        return writer.toBytes();
    }

    private static byte[] header(boolean postQuantum, String keyId) {
        return new CborWriter()
                .map(3)
                .whole(ALGORITHM)
                .whole(postQuantum ? ML_DSA_44 : EDDSA)
                .whole(KEY_ID)
                .bytes(Bytes.utf8(keyId).unsafeArray())
                .whole(STRUCTURE)
                .whole(RFC9162_SHA256)
                .toBytes();
    }

    private static Bytes toBeSigned(byte[] header, Hash root) {
        return Bytes.unsafe(CosePack.toBeSigned(header, root.bytes().unsafeArray()));
    }
}
