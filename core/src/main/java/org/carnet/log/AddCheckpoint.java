// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a log posts to a witness to have a checkpoint cosigned (C2SP tlog-witness, `add-checkpoint`).
///
/// ```text
/// old 20852014
/// PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
/// jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
///
/// example.com/behind-the-sofa
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq…
/// ```
/// A request that exists is well formed (otherwise 400); who signed it (403), of which log it is (404), where the witness
/// stands (409) and whether the proof holds (422) is asked by the witness, in that order.
///
/// @param oldSize the size up to which the log believes the witness to have followed it
/// @param proof   the consistency proof from that size to that of the checkpoint
/// @param checkpoint as the log signed it
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {
    private static final String OLD = "old ";
    private static final int LONGEST_PROOF = 63;

    public AddCheckpoint {
        if (oldSize < 0) throw malformed("has a negative size");
        if (checkpoint.text().startsWith("\n")) throw malformed("names no log");
        proof = List.copyOf(proof);
        if (proof.size() > LONGEST_PROOF) throw malformed("has more than 63 hashes");
    }

    /// @throws IllegalArgumentException if these are not the bytes of exactly one request
    public static AddCheckpoint parse(Bytes encoded) {
        // Latin-1 keeps every byte, so that the note behind the head is parsed as it came.
        var request = new String(encoded.unsafeArray(), StandardCharsets.ISO_8859_1);
        int end = request.indexOf("\n\n");
        if (end < 0) throw malformed("has no blank line before its checkpoint");
        var lines = List.of(request.substring(0, end).split("\n", -1));
        if (!lines.getFirst().startsWith(OLD)) throw malformed("does not begin with an old size");
        if (lines.size() > 1 + LONGEST_PROOF) throw malformed("has more than 63 hashes");
        long oldSize = Checkpoint.parseDecimal(lines.getFirst().substring(OLD.length()));
        var proof = lines.subList(1, lines.size()).stream().map(Hash::base64).toList();
        var note = SignedNote.parse(encoded.slice(end + 2, encoded.length()));
        return new AddCheckpoint(oldSize, proof, note);
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("the request to add a checkpoint " + how);
    }

    /// The first line of the note, which names the log whose keys have to have signed it.
    public String origin() {
        return checkpoint.text().substring(0, checkpoint.text().indexOf('\n'));
    }

    public Bytes encode() {
        var head = new StringBuilder(OLD).append(oldSize).append('\n');
        for (var hash : proof) head.append(hash.toBase64()).append('\n');
        return Bytes.utf8(head.append('\n').toString() + checkpoint.encode().toUtf8());
    }
}
