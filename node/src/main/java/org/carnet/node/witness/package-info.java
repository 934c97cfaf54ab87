// SPDX-License-Identifier: Apache-2.0
/// Platforms that watch one another's logs: each cosigns what the others sign, and reports a log that tells two stories.
@NullMarked
package org.carnet.node.witness;

import org.jspecify.annotations.NullMarked;
