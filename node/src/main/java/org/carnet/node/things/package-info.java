// SPDX-License-Identifier: Apache-2.0
/// The things agent (FGMV-44 clause 8.7.1): it registers things, receives their signed updates over R1, keeps their
/// owners' mappings, and forwards what those permit to other platforms.
@NullMarked
package org.carnet.node.things;

import org.jspecify.annotations.NullMarked;
