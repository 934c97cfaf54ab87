// SPDX-License-Identifier: Apache-2.0
/// Runs the conformance suites of others against a node of this program, and tells their counts.
@NullMarked
package org.carnet.cli.conformance;

import org.jspecify.annotations.NullMarked;
