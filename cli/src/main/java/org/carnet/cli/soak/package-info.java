// SPDX-License-Identifier: Apache-2.0
/// Long campaigns against whole nodes: what the tests do briefly, as often as asked.
@NullMarked
package org.carnet.cli.soak;

import org.jspecify.annotations.NullMarked;
