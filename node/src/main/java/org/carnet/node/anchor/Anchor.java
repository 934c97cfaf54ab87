// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.log.Hash;

import java.time.Instant;

/// A checkpoint as the contract keeps it.
///
/// @param index its place among the anchors of its origin, from 0
/// @param time what the block said it was
/// @param block the number of the block that it came with
public record Anchor(long index, long size, Hash root, Instant time, long block) {}
