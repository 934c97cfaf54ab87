// SPDX-License-Identifier: Apache-2.0
/// Reporting for audit (FGMV-44 clauses 7.2.2 and 7.2.4): what happened to somebody's data, signed and proven.
@NullMarked
package org.carnet.node.report;

import org.jspecify.annotations.NullMarked;
