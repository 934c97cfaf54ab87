// SPDX-License-Identifier: Apache-2.0
/// The PostgreSQL of what is asked by query: one that the node runs itself, or the operator's.
@NullMarked
package org.carnet.node.database;

import org.jspecify.annotations.NullMarked;
