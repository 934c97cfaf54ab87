// SPDX-License-Identifier: Apache-2.0
package org.carnet.log;

/// What became of a checkpoint, or of a proof under it, once it was checked.
public sealed interface CheckpointVerdict permits VerifiedCheckpoint, Unverified {}
