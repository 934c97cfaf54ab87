// SPDX-License-Identifier: Apache-2.0
/// The reference points of FGMV-44 clause 8.9: small interfaces, named by what passes over them, where agents meet.
@NullMarked
package org.carnet.node.points;

import org.jspecify.annotations.NullMarked;
