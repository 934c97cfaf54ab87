// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

/// How far the next anchor is after one step.
sealed interface Progress {
    /// The newest checkpoint is anchored already, or there is none.
    record Nothing() implements Progress {}

    /// A transaction was signed and sent.
    record Sent(String transaction) implements Progress {}

    /// It waits for a block, or for more blocks upon its own.
    record Waiting(String transaction) implements Progress {}

    /// It is as deep in the chain as was asked for.
    record Done(Anchored anchored, long gas) implements Progress {}
}
