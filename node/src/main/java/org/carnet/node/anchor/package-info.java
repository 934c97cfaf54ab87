// SPDX-License-Identifier: Apache-2.0
/// An EVM chain as external trustworthy storage (FGMV-44 clause 8.7.1): checkpoints where their operator cannot take them back.
@NullMarked
package org.carnet.node.anchor;

import org.jspecify.annotations.NullMarked;
