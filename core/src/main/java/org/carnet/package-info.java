// SPDX-License-Identifier: Apache-2.0
/// What must be true whatever runs around it: plain values and pure functions without I/O, threads, clock or randomness.
@NullMarked
package org.carnet;

import org.jspecify.annotations.NullMarked;
