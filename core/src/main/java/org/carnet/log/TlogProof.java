// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// All that a stranger needs to check, offline, that an entry is on the record (C2SP tlog-proof).
///
/// ```text
/// c2sp.org/tlog-proof@v1
/// extra AQMBAAABmZ…             the entry itself, where it is not known otherwise
/// index 73894
/// gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
/// B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
///
/// example.com/fancylog
/// 109482
/// sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
///
/// — example.com/fancylog hI2DJw…
/// ```
///
/// @param extra nothing vouches for it until the proof verifies with it as the entry
/// @param path  the hashes beside the way from the leaf to the root, lowest first
/// @param checkpoint the checkpoint as the log signed it, byte for byte
public record TlogProof(Optional<Bytes> extra, long index, List<Hash> path, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        if (index < 0) throw malformed("has a negative index");
        path = List.copyOf(path);
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one proof
    public static TlogProof parse(Bytes encoded) {
        // Latin-1 keeps every byte, so that the note behind the head is parsed as it came.
        var proof = new String(encoded.unsafeArray(), StandardCharsets.ISO_8859_1);
        int end = proof.indexOf("\n\n");
        if (end < 0) throw malformed("has no blank line before its checkpoint");
        var lines = List.of(proof.substring(0, end).split("\n", -1));
        if (!lines.getFirst().equals(FIRST_LINE)) throw malformed("does not begin as one");
        int at = 1;
        var extra = Optional.<Bytes>empty();
        if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
            extra = Optional.of(Bytes.base64(lines.get(at++).substring(EXTRA.length())));
        }
        if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
            throw malformed("has no index");
        }
        long index = Checkpoint.parseDecimal(lines.get(at++).substring(INDEX.length()));
        var path = lines.subList(at, lines.size()).stream().map(Hash::base64).toList();
        var note = SignedNote.parse(encoded.slice(end + 2, encoded.length()));
        return new TlogProof(extra, index, path, note);
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("the proof " + how);
    }

    /// Whether the entry with this hash is on the record of the log with these keys: under which checkpoint, or why not.
    public CheckpointVerdict verify(Hash leaf, LogVerifier log) {
        return included(leaf, Checkpoint.verify(checkpoint, log));
    }

    /// Whether the entry with this hash is on the record of a log of this policy, under a checkpoint that counts as witnessed.
    public CheckpointVerdict verify(Hash leaf, TlogPolicy policy) {
        return included(leaf, policy.verify(checkpoint));
    }

    /// Whether the entry stands under the checkpoint, if that is believed.
    CheckpointVerdict included(Hash leaf, CheckpointVerdict verdict) {
        return switch (verdict) {
            case Unverified unverified -> unverified;
            case VerifiedCheckpoint verified -> {
                long size = verified.checkpoint().size();
                yield new InclusionProof(index, size, path)
                                .verifies(leaf, verified.checkpoint().root())
                        ? verified
                        : new Unverified("no such entry stands at " + index + " of " + size);
            }
        };
    }

    public Bytes encode() {
        var head = new StringBuilder(FIRST_LINE).append('\n');
        extra.ifPresent(bytes -> head.append(EXTRA).append(bytes.toBase64()).append('\n'));
        head.append(INDEX).append(index).append('\n');
        for (var hash : path) head.append(hash.toBase64()).append('\n');
        return Bytes.utf8(head.append('\n').toString() + checkpoint.encode().toUtf8());
    }
}
