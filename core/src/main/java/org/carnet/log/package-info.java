// SPDX-License-Identifier: Apache-2.0
/// The tamper-evident log: records, RFC 9162 Merkle tree, C2SP tiles, checkpoints and proofs.
@NullMarked
package org.carnet.log;

import org.jspecify.annotations.NullMarked;
