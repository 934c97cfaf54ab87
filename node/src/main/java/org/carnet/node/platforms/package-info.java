// SPDX-License-Identifier: Apache-2.0
/// R5: who this node is to other platforms, who they are, and what both prove with each request.
@NullMarked
package org.carnet.node.platforms;

import org.jspecify.annotations.NullMarked;
