// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

import org.carnet.Bytes;

import java.util.Optional;

/// By whose signatures a stranger's log is believed: its keys, a policy, or both. Nobody's word is not enough.
///
/// @param keys each of them must have signed
/// @param policy must count the checkpoint as witnessed
public record LogTrust(Optional<LogVerifier> keys, Optional<TlogPolicy> policy) {
    public LogTrust {
        boolean namesALog =
                keys.isPresent() || policy.stream().anyMatch(some -> !some.logs().isEmpty());
        if (!namesALog)
            throw new IllegalArgumentException("neither a key nor a policy names a log");
    }

    public static LogTrust in(LogVerifier keys) {
        return new LogTrust(Optional.of(keys), Optional.empty());
    }

    /// What can be believed of a note that should be a checkpoint.
    public CheckpointVerdict verify(Bytes encoded) {
        try {
            return verify(SignedNote.parse(encoded));
        } catch (IllegalArgumentException malformed) {
            return new Unverified("not a signed note: " + malformed.getMessage());
        }
    }

    CheckpointVerdict verify(SignedNote note) {
        if (keys.isEmpty()) return policy.orElseThrow().verify(note);
        var verdict = Checkpoint.verify(note, keys.get());
        if (policy.isEmpty() || verdict instanceof Unverified) return verdict;
        return switch (policy.get().judge(note)) {
            case TlogPolicy.Witnessed _ -> verdict;
            case TlogPolicy.NotWitnessed not -> new Unverified("the checkpoint: " + not.reason());
        };
    }

    /// Whether the entry with this hash is on the record of such a log: under which checkpoint, or why not.
    public CheckpointVerdict verify(TlogProof proof, Hash leaf) {
        return proof.included(leaf, verify(proof.checkpoint()));
    }
}
