// SPDX-License-Identifier: Apache-2.0
/// Whole nodes as processes of their own, for the demo, campaigns, benchmarks and tests.
@NullMarked
package org.carnet.cli.process;

import org.jspecify.annotations.NullMarked;
