// SPDX-License-Identifier: Apache-2.0
/// Every error as RFC 9457 problem details whose type is a page that says what to do.
@NullMarked
package org.carnet.node.problems;

import org.jspecify.annotations.NullMarked;
