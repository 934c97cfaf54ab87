// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.util.regex.Pattern;

/// What a log says of itself at one size: so many leaves, this root (C2SP tlog-checkpoint).
///
/// ```text
/// example.com/behind-the-sofa
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// ```
///
/// @param origin the identity of the log; the keys that sign for it have the same name
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n")) throw malformed("has no origin of one line");
        if (size < 0) throw malformed("has a negative size");
        if (size == 0 && !root.equals(MerkleHash.empty())) {
            throw malformed("is of no leaves and yet has a root");
        }
    }

    /// Extension lines, which no auditor reads, are let pass and not kept.
    ///
    /// @throws IllegalArgumentException if the text of a note does not say exactly this
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        // After the last newline stands one empty string more.
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw malformed("has fewer than three lines");
        }
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) throw malformed("has an empty line");
        }
        return new Checkpoint(lines[0], parseDecimal(lines[1]), Hash.base64(lines[2]));
    }

    /// What can be believed of a signed note that should be a checkpoint of the log with these keys.
    public static CheckpointVerdict verify(Bytes encoded, LogVerifier log) {
        try {
            return verify(SignedNote.parse(encoded), log);
        } catch (IllegalArgumentException malformed) {
            return new Unverified("not a signed note: " + malformed.getMessage());
        }
    }

    /// What can be believed of a note that should be a checkpoint of the log with these keys.
    public static CheckpointVerdict verify(SignedNote note, LogVerifier log) {
        for (var key : log.keys()) {
            if (!note.isSignedBy(key)) {
                return new Unverified("the checkpoint is not signed by " + key);
            }
        }
        try {
            var checkpoint = parse(note.text());
            if (!checkpoint.origin.equals(log.name())) {
                return new Unverified(
                        "the checkpoint is of " + checkpoint.origin + ", not of " + log.name());
            }
            return new VerifiedCheckpoint(checkpoint, note);
        } catch (IllegalArgumentException malformed) {
            return new Unverified("not a checkpoint: " + malformed.getMessage());
        }
    }

    /// A number of ASCII digits without leading zeros, below 2^63.
    static long parseDecimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not a decimal number: '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static IllegalArgumentException malformed(String how) {
        return new IllegalArgumentException("the checkpoint " + how);
    }

    /// The text of the note to sign.
    public String text() {
        return origin + '\n' + size + '\n' + root.toBase64() + '\n';
    }
}
