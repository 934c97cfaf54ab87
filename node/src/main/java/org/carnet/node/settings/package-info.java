// SPDX-License-Identifier: Apache-2.0
/// What a node is: read once from a file and the environment, complete and valid from then on.
@NullMarked
package org.carnet.node.settings;

import org.jspecify.annotations.NullMarked;
