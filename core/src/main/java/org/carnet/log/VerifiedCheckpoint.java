// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

/// A checkpoint whose signature by its log was verified; nothing but verification makes one.
public final class VerifiedCheckpoint implements CheckpointVerdict {
    private final Checkpoint checkpoint;
    private final SignedNote note;

    VerifiedCheckpoint(Checkpoint checkpoint, SignedNote note) {
        this.checkpoint = checkpoint;
        this.note = note;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The note that said so, to be shown to others.
    public SignedNote note() {
        return note;
    }

    @Override
    public String toString() {
        return checkpoint.toString();
    }
}
