// SPDX-License-Identifier: Apache-2.0
/// Keeps sealed objects for other nodes (FGMV-44 clause 8.7.4): whose operator this node's operator lets, within a quota,
/// and without being able to read them.
@NullMarked
package org.carnet.node.hosting;

import org.jspecify.annotations.NullMarked;
