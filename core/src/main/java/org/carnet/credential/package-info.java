// SPDX-License-Identifier: Apache-2.0
/// Statements that somebody signed about somebody: W3C credentials with their proofs, their status, and how they are checked.
@NullMarked
package org.carnet.credential;

import org.jspecify.annotations.NullMarked;
