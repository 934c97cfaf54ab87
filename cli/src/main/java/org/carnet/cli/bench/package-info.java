// SPDX-License-Identifier: Apache-2.0
/// Benchmarks: each measures this machine's own limit and the real path in one run and prints the ratio.
@NullMarked
package org.carnet.cli.bench;

import org.jspecify.annotations.NullMarked;
