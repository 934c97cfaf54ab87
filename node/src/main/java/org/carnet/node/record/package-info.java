// SPDX-License-Identifier: Apache-2.0
/// The record for whoever wants to check it: the data activity log (FGMV-44 clause 7.2.2), proofs, and the log's files.
@NullMarked
package org.carnet.node.record;

import org.jspecify.annotations.NullMarked;
