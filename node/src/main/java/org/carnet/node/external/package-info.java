// SPDX-License-Identifier: Apache-2.0
/// Where bytes go outside this node (FGMV-44 clauses 8.7.1 and 8.7.4): a directory, or another Carnet node.
@NullMarked
package org.carnet.node.external;

import org.jspecify.annotations.NullMarked;
